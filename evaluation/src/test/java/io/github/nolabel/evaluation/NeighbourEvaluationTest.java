package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourEvaluationTest {

  private static final double ROOT3 = Math.sqrt(3);

  @Test
  void separatedClustersAreAlwaysRecognised() {
    Random random = new Random(5);
    List<Integer> labels = new ArrayList<>();
    float[] features = new float[60 * 3];
    for (int i = 0; i < 60; i++) {
      labels.add(i % 3);
      for (int d = 0; d < 3; d++) {
        features[3 * i + d] = (d == i % 3 ? 5 : 0) + (float) random.nextGaussian() * 0.1f;
      }
    }
    NeighbourRound round =
        new NeighbourRound(
            IntStream.range(0, 15).boxed().toList(), IntStream.range(15, 60).boxed().toList());
    assertThat(accuracy(FeatureMatrix.of(3, features), labels, 5, 0.07, round)).isEqualTo(1);
    List<Integer> shifted = labels.stream().map(label -> (label + 1) % 3).toList();
    List<Integer> mixed = new ArrayList<>(labels.subList(0, 15));
    mixed.addAll(shifted.subList(15, 60));
    assertThat(accuracy(FeatureMatrix.of(3, features), mixed, 5, 0.07, round)).isZero();
  }

  @Test
  void everyQueryIsAnsweredAndAccuracyIsTheShareOfRightAnswers() {
    FeatureMatrix features = FeatureMatrix.of(2, 1, 0, 0, 1, 2, 0.1f, 0.1f, 3);
    NeighbourQuestion question = new NeighbourQuestion("kind", List.of(4, 4, 4, 9), 1);
    NeighbourRound round = new NeighbourRound(List.of(0, 1), List.of(2, 3));
    assertThat(NeighbourEvaluation.STANDARD.answers(features, question, List.of(round)))
        .containsExactly(new NeighbourAnswer(0, 4, 4), new NeighbourAnswer(1, 4, 9))
        .extracting(NeighbourAnswer::isRight)
        .containsExactly(true, false);
  }

  @Test
  void lengthsDoNotMatter() {
    FeatureMatrix features = FeatureMatrix.of(2, 1, 0.1f, 1000, 0, 0, 0.001f);
    NeighbourRound round = new NeighbourRound(List.of(0), List.of(1, 2));
    assertThat(accuracy(features, List.of(7, 7, 8), 1, 0.07, round)).isEqualTo(1);
  }

  /** One neighbour at cosine 1 against two at cosine 1/2: they win if {@code T > 0.5 / ln 2}. */
  @Test
  void theTemperatureWeighsNearnessAgainstNumber() {
    FeatureMatrix features = FeatureMatrix.of(2, 1, 0, 1, 0, 1, (float) ROOT3, 1, (float) -ROOT3);
    List<Integer> labels = List.of(1, 1, 2, 2);
    NeighbourRound round = new NeighbourRound(List.of(0), List.of(1, 2, 3));
    assertThat(0.5 / Math.log(2)).isBetween(0.72, 0.73);
    assertThat(accuracy(features, labels, 3, 0.72, round)).isEqualTo(1);
    assertThat(accuracy(features, labels, 3, 0.73, round)).isEqualTo(0);
  }

  @Test
  void onlyTheNearestVote() {
    FeatureMatrix features = FeatureMatrix.of(2, 1, 0, 1, 0.1f, 1, 1, 1, 1.1f);
    List<Integer> labels = List.of(1, 1, 2, 2);
    NeighbourRound round = new NeighbourRound(List.of(0), List.of(1, 2, 3));
    assertThat(accuracy(features, labels, 1, 10, round)).isEqualTo(1);
    assertThat(accuracy(features, labels, 3, 10, round)).isEqualTo(0);
    assertThat(accuracy(features, labels, 99, 10, round)).isEqualTo(0);
  }

  @Test
  void amongEquallyNearImagesTheFirstOfTheGalleryCounts() {
    FeatureMatrix same = FeatureMatrix.of(2, 1, 0, 1, 0, 1, 0);
    List<Integer> labels = List.of(1, 1, 2);
    assertThat(accuracy(same, labels, 1, 1, new NeighbourRound(List.of(0), List.of(1, 2))))
        .isEqualTo(1);
    assertThat(accuracy(same, labels, 1, 1, new NeighbourRound(List.of(0), List.of(2, 1))))
        .isEqualTo(0);
    assertThat(accuracy(same, labels, 2, 1, new NeighbourRound(List.of(0), List.of(1, 2))))
        .as("equal votes")
        .isEqualTo(1);
  }

  @Test
  void accuracyCountsTheQueriesOfAllRounds() {
    FeatureMatrix features = FeatureMatrix.of(1, 1, -1, 1, -1);
    List<Integer> labels = List.of(1, 2, 1, 1);
    // Query 0 finds 2 (right); query 1 finds 3 (wrong); query 2 finds 0 (right).
    double accuracy =
        accuracy(
            features,
            labels,
            1,
            1,
            new NeighbourRound(List.of(0, 1), List.of(2, 3)),
            new NeighbourRound(List.of(2), List.of(0, 1)));
    assertThat(accuracy).isEqualTo(2.0 / 3);
  }

  @Test
  void questionsAreAnsweredInTheirOrder() {
    FeatureMatrix features = FeatureMatrix.of(1, 1, 1);
    NeighbourRound round = new NeighbourRound(List.of(0), List.of(1));
    Map<String, Double> answers =
        NeighbourEvaluation.STANDARD.accuracies(
            features,
            new Questions(
                2,
                List.of(
                    new NeighbourQuestion("sameConcept", List.of(1, 2), 1),
                    new NeighbourQuestion("sameGroup", List.of(3, 3), 1)),
                List.of(round)));
    assertThat(answers).containsExactly(Map.entry("sameConcept", 0.0), Map.entry("sameGroup", 1.0));
  }

  /** The gallery answers right, the other query wrong; the third is the only one of its label. */
  @Test
  void amongQueriesTheOthersAnswerAndNeverTheImageItself() {
    FeatureMatrix features = FeatureMatrix.of(2, 1, 0, 0, 1, 1, 0.1f, 1, 0, 0, 1);
    List<Integer> labels = List.of(1, 1, 3, 1, 1);
    NeighbourRound round = new NeighbourRound(List.of(0, 1, 2), List.of(3, 4));
    Map<String, Double> answers =
        NeighbourEvaluation.STANDARD.accuracies(
            features,
            new Questions(
                5,
                List.of(
                    new NeighbourQuestion("seen", labels, 1),
                    new NeighbourQuestion("unseen", labels, 1, true)),
                List.of(round)));
    assertThat(answers).containsExactly(Map.entry("seen", 2 / 3.0), Map.entry("unseen", 0.0));
  }

  @Test
  void nobodyAskedIsNoNumber() {
    assertThat(
            accuracy(
                FeatureMatrix.of(1, 1, 1),
                List.of(1, 1),
                1,
                1,
                new NeighbourRound(List.of(), List.of(0, 1))))
        .isNaN();
  }

  @Test
  void featuresOfOtherImagesAreRefused() {
    assertThatThrownBy(
            () ->
                NeighbourEvaluation.STANDARD.accuracies(
                    FeatureMatrix.of(1, 1, 1, 1), new Questions(2, List.of(), List.of())))
        .isInstanceOf(UserMistake.class)
        .hasMessage("3 rows of features for 2 images");
    assertThatThrownBy(() -> new NeighbourEvaluation(0)).hasMessageContaining("temperature");
  }

  private static double accuracy(
      FeatureMatrix features,
      List<Integer> labels,
      int neighbours,
      double temperature,
      NeighbourRound... rounds) {
    NeighbourQuestion question = new NeighbourQuestion("accuracy", labels, neighbours);
    return new NeighbourEvaluation(temperature)
        .accuracies(features, new Questions(labels.size(), List.of(question), List.of(rounds)))
        .getOrDefault("accuracy", -1.0);
  }

  private record Questions(int size, List<NeighbourQuestion> questions, List<NeighbourRound> rounds)
      implements EvaluationSet {

    @Override
    public Iterable<Tensor> batches(int batchSize) {
      return List.of();
    }
  }
}
