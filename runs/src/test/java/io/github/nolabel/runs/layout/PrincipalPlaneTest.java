package io.github.nolabel.runs.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.evaluation.FeatureMatrix;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {

  private static final float[] CROSS = {3, 0, 0, -3, 0, 0, 0, 2, 0, 0, -2, 0, 0, 0, 1, 0, 0, -1};

  /** Variances along the axes of a cross are 18, 8 and 2: the plane keeps 26 of 28. */
  @Test
  void itIsThePlaneOfTheLongestAxes() {
    PrincipalPlane plane = PrincipalPlane.of(FeatureMatrix.of(3, CROSS));
    assertThat(plane.share()).isCloseTo(26.0 / 28, within(1e-9));
    assertThat(Math.abs(plane.places().x().get(0))).isCloseTo(3, within(1e-6));
    assertThat(Math.abs(plane.places().y().get(2))).isCloseTo(2, within(1e-6));
    assertThat(plane.places().x().get(4)).isCloseTo(0, within(1e-6));
  }

  /** More columns than rows: the same picture from the products of rows. */
  @Test
  void widthThatSaysNothingChangesNothing() {
    float[] wide = new float[6 * 10];
    for (int i = 0; i < CROSS.length; i++) {
      wide[i / 3 * 10 + i % 3] = CROSS[i];
    }
    PrincipalPlane plane = PrincipalPlane.of(FeatureMatrix.of(10, wide));
    assertThat(plane.share()).isCloseTo(26.0 / 28, within(1e-9));
    assertThat(Math.abs(plane.places().x().get(1))).isCloseTo(3, within(1e-6));
    assertThat(Math.abs(plane.places().y().get(3))).isCloseTo(2, within(1e-6));
  }

  @Test
  void equalRowsLieInOnePlace() {
    PrincipalPlane plane = PrincipalPlane.of(FeatureMatrix.of(2, 1, 1, 1, 1, 1, 1));
    assertThat(plane.places()).isEqualTo(Places.origin(3));
    assertThat(plane.share()).isZero();
  }
}
