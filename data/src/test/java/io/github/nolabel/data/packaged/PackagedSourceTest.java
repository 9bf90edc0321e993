package io.github.nolabel.data.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The web jar is in test scope. Drawn once per build folder. */
class PackagedSourceTest {

  private static final DatasetSettings SETTINGS =
      DatasetSettings.DEFAULTS.withCache(Path.of("target", "nolabel-cache"));

  private static final Dataset DATASET = Datasets.open("packaged", SETTINGS);

  @Test
  void fourStylesShare1518ConceptsInNineGroups() {
    ImageDataset all = Datasets.images("packaged", SETTINGS, notice -> {});
    assertThat(all.size()).isEqualTo(4 * 1518);
    assertThat(all.labelNames())
        .containsExactly(
            "Activities",
            "Animals & Nature",
            "Flags",
            "Food & Drink",
            "Objects",
            "People & Body",
            "Smileys & Emotion",
            "Symbols",
            "Travel & Places");
  }

  /** The counts are those of the reference table of the four sets, read with another program. */
  @Test
  void groupsHaveTheirKnownSizes() {
    ImageDataset all = Datasets.images("packaged", SETTINGS, notice -> {});
    int[] sizes = new int[9];
    IntStream.range(0, all.size()).forEach(i -> sizes[all.label(i).orElseThrow()]++);
    assertThat(sizes)
        .containsExactly(
            4 * 84, 4 * 150, 4 * 8, 4 * 126, 4 * 257, 4 * 299, 4 * 159, 4 * 217, 4 * 218);
  }

  @Test
  void heldOutConceptsAreATenthAndNeverTrained() {
    Set<String> held = captions(DATASET.heldOut().images());
    assertThat(held).hasSizeBetween(148, 156);
    assertThat(captions(DATASET.training()))
        .hasSize(1518 - held.size())
        .doesNotContainAnyElementsOf(held);
    assertThat(DATASET.heldOut().images().size()).isEqualTo(4 * held.size());
  }

  @Test
  void whatIsHeldOutDoesNotDependOnTheRun() {
    Dataset other = Datasets.open("packaged", SETTINGS.withSeed(99).withLimit(100));
    assertThat(captions(other.heldOut().images())).isEqualTo(captions(DATASET.heldOut().images()));
    assertThat(other.training().size()).isEqualTo(100);
    assertThat(other.fingerprint()).isNotEqualTo(DATASET.fingerprint());
  }

  @Test
  void eachStyleAsksTheOtherThree() {
    ImageDataset images = DATASET.heldOut().images();
    assertThat(DATASET.heldOut().rounds()).hasSize(4);
    for (NeighbourRound round : DATASET.heldOut().rounds()) {
      String style = style(images, round.queries().get(0));
      assertThat(round.queries()).allMatch(i -> style(images, i).equals(style));
      assertThat(round.gallery()).noneMatch(i -> style(images, i).equals(style));
      assertThat(round.queries().size() + round.gallery().size()).isEqualTo(images.size());
    }
  }

  @Test
  void theHeadlineIsTheSameConcept() {
    assertThat(DATASET.heldOut().questions())
        .extracting(NeighbourQuestion::name)
        .containsExactly("sameConcept", "sameGroup");
    ImageDataset images = DATASET.heldOut().images();
    NeighbourQuestion concept = DATASET.heldOut().questions().get(0);
    for (int i = 0; i < images.size(); i++) {
      int first = concept.labels().indexOf(concept.labels().get(i));
      assertThat(images.captions(i)).isEqualTo(images.captions(first));
    }
  }

  /** Raw pixels find the same thing far more often than chance (1 in 150), and far from always. */
  @Test
  void rawPixelsAreAnHonestAnchor() {
    EvaluationSet set = DATASET.heldOut().preprocessed(Preprocessing.standard(16));
    Map<String, Double> accuracies =
        NeighbourEvaluation.STANDARD.accuracies(FeatureMatrix.ofPixels(set.batches(256)), set);
    assertThat(accuracies.get("sameConcept")).isBetween(0.25, 0.55);
    assertThat(accuracies.get("sameGroup")).isBetween(accuracies.get("sameConcept"), 0.75);
  }

  @Test
  void aHeldOutStyleIsNeverTrainedThoughEveryConceptIs() {
    Dataset dataset = Datasets.open("packaged?heldOut=openmoji", SETTINGS);
    ImageDataset training = dataset.training();
    assertThat(training.size()).isEqualTo(3 * 1518);
    assertThat(captions(training)).hasSize(1518);
    assertThat(IntStream.range(0, training.size()))
        .noneMatch(i -> style(training, i).equals("openmoji"));
    ImageDataset described = dataset.described().orElseThrow();
    assertThat(described.size()).isEqualTo(1518);
    assertThat(IntStream.range(0, 1518)).allMatch(i -> style(described, i).equals("openmoji"));
    assertThat(dataset.labelled().orElseThrow().test().size()).isEqualTo(1518);
    assertThat(dataset.fingerprint()).isNotEqualTo(DATASET.fingerprint());
  }

  @Test
  void aHeldOutStyleAsksTheOthersWhateverTheLimit() {
    Dataset dataset = Datasets.open("packaged?heldOut=noto", SETTINGS.withLimit(50));
    ImageDataset images = dataset.heldOut().images();
    assertThat(dataset.training().size()).isEqualTo(50);
    NeighbourRound round = dataset.heldOut().rounds().get(0);
    assertThat(round.queries()).hasSize(1518).allMatch(i -> style(images, i).equals("noto"));
    assertThat(round.gallery()).hasSize(4554).noneMatch(i -> style(images, i).equals("noto"));
    NeighbourQuestion concept = dataset.heldOut().questions().get(0);
    assertThat(concept.name()).isEqualTo("sameConcept");
    for (int query : round.queries()) {
      int first = concept.labels().indexOf(concept.labels().get(query));
      assertThat(images.captions(query)).isEqualTo(images.captions(first));
    }
  }

  @Test
  void whatIsHeldOutIsOneOfTheChoices() {
    assertThat(Datasets.open("packaged?heldOut=concepts", SETTINGS).fingerprint())
        .isEqualTo(DATASET.fingerprint());
    assertThatThrownBy(() -> Datasets.open("packaged?heldOut=twemojy", SETTINGS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("heldOut=twemojy is unknown. Did you mean 'twemoji'? Choices:")
        .hasMessageEndingWith("concepts, noto, twemoji, openmoji, fluent-emoji-flat.");
  }

  @Test
  void evaluationBatchesAreTheSameEveryTimeAndForEveryBatchSize() {
    EvaluationSet set = DATASET.heldOut().preprocessed(Preprocessing.standard(32));
    Tensor whole = set.batches(set.size()).iterator().next();
    assertThat(FeatureMatrix.ofPixels(set.batches(7)).values()).isEqualTo(whole.toFloats());
  }

  /** Nearly every drawing has some ink; a few are white on white. */
  @Test
  void drawingsAreNotBlank() {
    ImageDataset training = DATASET.training();
    long blank =
        IntStream.range(0, training.size()).filter(i -> isWhite(training.image(i).rgb())).count();
    assertThat(blank).isLessThan(10);
  }

  private static boolean isWhite(byte[] rgb) {
    return IntStream.range(0, rgb.length).allMatch(i -> rgb[i] == -1);
  }

  private static String style(ImageDataset images, int index) {
    return images.name(index).substring(0, images.name(index).indexOf('/'));
  }

  private static Set<String> captions(ImageDataset images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> images.captions(i).get(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
