package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The k-nearest-neighbour protocol on frozen features (Wu et al. 2018, arXiv 1805.01978): the k
 * gallery images with the largest cosine to the query vote for their labels with weight {@code
 * exp(cosine / temperature)}. Accuracy is exact: correct queries over all queries of all rounds.
 *
 * <p>A gallery of training images flatters: a network may place what it has learnt from better than
 * what it has not. Where a question is asked {@linkplain NeighbourQuestion#amongQueries() among the
 * queries}, each is answered by all others of its round; one whose label no other has is not asked.
 *
 * @param temperature in (0, 10]; 0.07 is the paper's
 */
public record NeighbourEvaluation(double temperature) {

  public static final NeighbourEvaluation STANDARD = new NeighbourEvaluation(0.07);

  public NeighbourEvaluation {
    Require.within("temperature", temperature, 1e-3, 10);
  }

  /** Accuracy in [0, 1] by question, in the set's order. */
  public Map<String, Double> accuracies(FeatureMatrix features, EvaluationSet set) {
    Require.that(
        features.rows() == set.size(),
        "%d rows of features for %d images".formatted(features.rows(), set.size()));
    Map<String, Double> accuracies = new LinkedHashMap<>();
    FeatureMatrix unit = features.unitRows();
    for (NeighbourQuestion question : set.questions()) {
      List<NeighbourAnswer> answers = answersOfUnits(unit, question, set.rounds());
      long right = answers.stream().filter(NeighbourAnswer::isRight).count();
      accuracies.put(
          question.name(), answers.isEmpty() ? Double.NaN : (double) right / answers.size());
    }
    return Collections.unmodifiableMap(accuracies);
  }

  /**
   * What the neighbours of every image that asks say it is, round by round.
   *
   * @param rounds by row of {@code features}; each has an image that answers
   */
  public List<NeighbourAnswer> answers(
      FeatureMatrix features, NeighbourQuestion question, List<NeighbourRound> rounds) {
    return answersOfUnits(features.unitRows(), question, rounds);
  }

  private List<NeighbourAnswer> answersOfUnits(
      FeatureMatrix unit, NeighbourQuestion question, List<NeighbourRound> rounds) {
    int[] labels = question.labels().stream().mapToInt(Integer::intValue).toArray();
    List<NeighbourAnswer> answers = new ArrayList<>();
    for (NeighbourRound every : rounds) {
      NeighbourRound round = question.amongQueries() ? amongQueries(every, labels) : every;
      int[] gallery = round.gallery().stream().mapToInt(Integer::intValue).toArray();
      round.queries().stream()
          .parallel()
          .map(
              query ->
                  new NeighbourAnswer(
                      query,
                      labels[query],
                      predict(unit, query, gallery, labels, question.neighbours())))
          .forEachOrdered(answers::add);
    }
    return answers;
  }

  private static NeighbourRound amongQueries(NeighbourRound round, int... labels) {
    Map<Integer, Long> images =
        round.queries().stream()
            .collect(Collectors.groupingBy(query -> labels[query], Collectors.counting()));
    List<Integer> answerable =
        round.queries().stream()
            .filter(query -> images.getOrDefault(labels[query], 0L) > 1)
            .toList();
    return new NeighbourRound(answerable, round.queries());
  }

  private int predict(FeatureMatrix unit, int query, int[] gallery, int[] labels, int neighbours) {
    float[] cosines = new float[gallery.length];
    for (int i = 0; i < gallery.length; i++) {
      cosines[i] = gallery[i] == query ? Float.NEGATIVE_INFINITY : unit.dot(query, gallery[i]);
    }
    Map<Integer, Double> votes = new LinkedHashMap<>();
    Largest.of(cosines, neighbours)
        .forEach(
            i ->
                votes.merge(
                    labels[gallery[i]], Math.exp((cosines[i] - 1) / temperature), Double::sum));
    return votes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
