package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.evaluation.FeatureMatrix;
import org.junit.jupiter.api.Test;

class VarietyTest {

  private static final FeatureMatrix AXES = FeatureMatrix.of(3, 1, 0, 0, 0, 1, 0, 0, 0, 1);

  @Test
  void equalImagesHaveNone() {
    Variety same = Variety.of(FeatureMatrix.of(6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6), AXES);
    assertThat(same.pixels()).isZero();
    assertThat(same.suffices()).isFalse();
    assertThat(Variety.of(FeatureMatrix.of(3, 7, 7, 7, 7, 7, 7), AXES).pixels())
        .as("one colour all over")
        .isZero();
  }

  @Test
  void opposedImagesHaveNothingInCommon() {
    FeatureMatrix images = FeatureMatrix.of(6, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1, -1, 1);
    assertThat(Variety.of(images, AXES).pixels()).isEqualTo(1, within(1e-6));
  }

  /** In common (1, -1), between the images (0.1, 0.1) around it: 0.01 of 1.01. */
  @Test
  void theShareIsThatOfTheVariance() {
    FeatureMatrix images =
        FeatureMatrix.of(
            6, 1.1f, -0.9f, 1.1f, -0.9f, 1.1f, -0.9f, 0.9f, -1.1f, 0.9f, -1.1f, 0.9f, -1.1f);
    assertThat(Variety.of(images, AXES).pixels()).isCloseTo(0.01 / 1.01, within(1e-6));
  }

  /** Three unit vectors differ along two directions, equally; features on a line along one. */
  @Test
  void directionsAreKeptOrLost() {
    Variety variety = Variety.of(AXES, AXES);
    assertThat(variety.directions()).isCloseTo(2, within(1e-4));
    assertThat(variety.kept(AXES)).isCloseTo(1, within(1e-4));
    FeatureMatrix line = FeatureMatrix.of(3, 1, 0, 0, -2, 0, 0, 3, 0, 0);
    assertThat(variety.kept(line)).isCloseTo(0.5, within(1e-3));
  }
}
