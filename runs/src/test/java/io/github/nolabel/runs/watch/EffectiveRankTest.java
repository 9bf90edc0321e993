package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.evaluation.FeatureMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveRankTest {

  /** Orthogonal rows or columns of equal length: as many directions as there are of the fewer. */
  @ParameterizedTest
  @CsvSource({"5, 5", "3, 8", "8, 3"})
  void directionsOfEqualWeightCountFully(int rows, int width) {
    float[] values = new float[rows * width];
    for (int i = 0; i < Math.min(rows, width); i++) {
      values[i * width + i] = 4;
    }
    assertThat(EffectiveRank.of(FeatureMatrix.of(width, values)))
        .isCloseTo(Math.min(rows, width), within(1e-6));
  }

  @Test
  void multiplesOfOneRowAreOneDirection() {
    assertThat(EffectiveRank.of(FeatureMatrix.of(3, 1, 2, 3, 2, 4, 6, -1, -2, -3, 0, 0, 0)))
        .isCloseTo(1, within(1e-5));
    assertThat(EffectiveRank.of(FeatureMatrix.of(2, 0, 0, 0, 0))).isEqualTo(1);
  }

  /** Singular values 3 and 1: p = 3/4, 1/4. */
  @Test
  void isTheExponentialOfTheEntropyOfTheSingularValues() {
    double entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    assertThat(EffectiveRank.of(FeatureMatrix.of(3, 3, 0, 0, 0, 0, 1)))
        .isCloseTo(Math.exp(entropy), within(1e-6));
  }

  /** The same after a rotation by 45 degrees. */
  @Test
  void isBlindToRotation() {
    float s = (float) Math.sqrt(0.5);
    double straight = EffectiveRank.of(FeatureMatrix.of(2, 3, 0, 0, 1));
    assertThat(EffectiveRank.of(FeatureMatrix.of(2, 3 * s, 3 * s, -s, s)))
        .isCloseTo(straight, within(1e-5));
  }
}
