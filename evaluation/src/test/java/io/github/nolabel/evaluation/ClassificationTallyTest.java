package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationTallyTest {

  private static final List<String> CLASSES = List.of("ant", "bee", "cat");

  /** Seven images: five guessed right, their second guesses right for one more. */
  private static final List<Integer> LABELS = List.of(0, 0, 1, 1, 2, 2, 2);

  private static final float[] LOGITS = {
    3, 2, 1, //
    1, 2, 3, // an ant taken for a cat, least of all for an ant
    0, 5, 0, //
    4, 3, 0, // a bee taken for an ant, then for a bee
    0, 1, 2, //
    -9, -8, -7, //
    0, 0, 1
  };

  @Test
  void countsAreThoseOfTheHandMadeMatrix() {
    Classification result = tally(2, 7);
    assertThat(result.confusion())
        .containsExactly(List.of(1L, 0L, 1L), List.of(1L, 1L, 0L), List.of(0L, 0L, 3L));
    assertThat(result.images()).isEqualTo(7);
    assertThat(result.correct()).isEqualTo(5);
    assertThat(result.accuracy()).isEqualTo(5.0 / 7);
    assertThat(result.topKCorrect()).isEqualTo(6);
    assertThat(result.topKAccuracy()).isEqualTo(6.0 / 7);
  }

  /** A mean of batches' means would give 31/42 or so for batches of 3, 3 and 1. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "6", "7"})
  void theBatchSizeChangesNothing(int batchSize) {
    assertThat(tally(2, batchSize)).isEqualTo(tally(2, 7));
  }

  @Test
  void oneGuessIsTheAccuracyAndAsManyAsClassesIsEverything() {
    assertThat(tally(1, 3).topKCorrect()).isEqualTo(5);
    assertThat(tally(3, 3).topKAccuracy()).isEqualTo(1);
    assertThat(tally(50, 3).topKAccuracy()).isEqualTo(1);
  }

  @Test
  void rowsSumToTheImagesOfAClass() {
    List<Classification.PerClass> perClass = tally(1, 3).perClass();
    assertThat(perClass).extracting(Classification.PerClass::images).containsExactly(2L, 2L, 3L);
    assertThat(perClass).extracting(Classification.PerClass::correct).containsExactly(1L, 1L, 3L);
    assertThat(perClass.get(0).recall()).isEqualTo(0.5);
    assertThat(perClass.get(0).precision()).isEqualTo(0.5);
    assertThat(perClass.get(1).precision()).isEqualTo(1);
    assertThat(perClass.get(2).precision()).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void ofEqualGuessesTheFirstClassIsMeant() {
    ClassificationTally tally = new ClassificationTally(CLASSES, List.of(0, 2), 2);
    tally.add(Tensor.of(new float[] {1, 1, 1, 1, 1, 1}, 2, 3));
    Classification result = tally.result();
    assertThat(result.confusion().get(0)).containsExactly(1L, 0L, 0L);
    assertThat(result.confusion().get(2)).containsExactly(1L, 0L, 0L);
    assertThat(result.topKCorrect()).as("cat is the third guess").isEqualTo(1);
  }

  @Test
  void aClassWithoutImagesHasNoRecall() {
    ClassificationTally tally = new ClassificationTally(CLASSES, List.of(0), 1);
    tally.add(Tensor.of(new float[] {1, 0, 0}, 1, 3));
    assertThat(tally.result().perClass().get(1).recall()).isNaN();
    assertThat(tally.result().accuracy()).isEqualTo(1);
  }

  @Test
  void missingImagesAndDamagedGuessesAreNoResult() {
    ClassificationTally tally = new ClassificationTally(CLASSES, LABELS, 1);
    tally.add(Tensor.of(new float[] {1, 0, 0}, 1, 3));
    assertThatThrownBy(tally::result).isInstanceOf(IllegalStateException.class);
    Tensor damaged = Tensor.of(new float[] {1, Float.NaN, 0}, 1, 3);
    assertThatThrownBy(() -> tally.add(damaged)).isInstanceOf(NolabelException.class);
  }

  private static Classification tally(int topK, int batchSize) {
    ClassificationTally tally = new ClassificationTally(CLASSES, LABELS, topK);
    FeatureMatrix.of(3, LOGITS).batches(batchSize).forEach(tally::add);
    return tally.result();
  }
}
