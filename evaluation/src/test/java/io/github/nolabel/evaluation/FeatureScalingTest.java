package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureScalingTest {

  private static final FeatureMatrix TRAINING = FeatureMatrix.of(3, 1, 5, 7, 3, 5, 11);

  @Test
  void standardisedTrainingFeaturesHaveMeanZeroAndDeviationOne() {
    assertThat(FeatureScaling.STANDARDISE.fit(TRAINING).apply(TRAINING).values())
        .as("the middle one is constant")
        .containsExactly(-1, 0, -1, 1, 0, 1);
  }

  @Test
  void otherFeaturesAreScaledByTheTrainingsNumbers() {
    FeatureMatrix test = FeatureMatrix.of(3, 2, 9, 13);
    assertThat(FeatureScaling.STANDARDISE.fit(TRAINING).apply(test).values())
        .containsExactly(0, 0, 2);
  }

  @Test
  void normalisedRowsHaveLengthOne() {
    FeatureMatrix test = FeatureMatrix.of(2, 3, 4, 0, 0);
    assertThat(FeatureScaling.NORMALISE.fit(TRAINING).apply(test).values())
        .containsExactly(0.6f, 0.8f, 0, 0);
  }

  @Test
  void noneChangesNothing() {
    assertThat(FeatureScaling.NONE.fit(TRAINING).apply(TRAINING)).isSameAs(TRAINING);
  }
}
