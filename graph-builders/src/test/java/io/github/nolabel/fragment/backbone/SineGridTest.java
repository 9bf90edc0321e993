package io.github.nolabel.fragment.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SineGridTest {

  /** Width 8: frequencies 1 and 1/100 for sine and cosine of the row, then of the column. */
  @Test
  void writesTheWavesOfRowAndColumn() {
    float[] values = SineGrid.positions(2, 8).toFloats();
    assertThat(values).hasSize(5 * 8);
    assertThat(row(values, 0)).containsOnly(0);
    assertThat(row(values, 1)).containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    assertThat(row(values, 2))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0, 0, 1, 1, 0.841471f, 0.0099998f, 0.540302f, 0.99995f);
    assertThat(row(values, 3))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.841471f, 0.0099998f, 0.540302f, 0.99995f, 0, 0, 1, 1);
  }

  @Test
  void refusesAWidthThatDoesNotSplit() {
    assertThatThrownBy(() -> SineGrid.positions(2, 6))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("multiple of 4, got 6");
  }

  private static float[] row(float[] values, int number) {
    return Arrays.copyOfRange(values, 8 * number, 8 * number + 8);
  }
}
