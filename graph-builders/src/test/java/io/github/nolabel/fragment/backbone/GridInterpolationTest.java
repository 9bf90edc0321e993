package io.github.nolabel.fragment.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridInterpolationTest {

  @ParameterizedTest
  @CsvSource({"4, 6", "4, 2", "14, 6", "3, 7", "1, 4", "5, 5"})
  void rowsSumToOne(int from, int to) {
    float[] matrix = GridInterpolation.matrix(from, to).toFloats();
    assertThat(matrix).hasSize(to * to * from * from);
    for (int row = 0; row < to * to; row++) {
      double sum = 0;
      for (int i = 0; i < from * from; i++) {
        sum += matrix[row * from * from + i];
      }
      assertThat(sum).as("row %d", row).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void equalSizesChangeNothing() {
    float[] identity = new float[81];
    for (int i = 0; i < 81; i += 10) {
      identity[i] = 1;
    }
    assertThat(GridInterpolation.matrix(3, 3).toFloats()).containsExactly(identity);
  }

  /** By torch.nn.functional.interpolate of unit grids: bicubic, align_corners=False. */
  @Test
  void equalsTheGoldenRows() {
    float[] larger = GridInterpolation.matrix(4, 6).toFloats();
    assertThat(Arrays.copyOf(larger, 16))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(
            1.1811463f, -0.09434076f, 0, 0, -0.09434076f, 0.0075352f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    float[] smaller = GridInterpolation.matrix(4, 2).toFloats();
    assertThat(Arrays.copyOfRange(smaller, 48, 64))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(
            0,
            0,
            0,
            0,
            0,
            0.0087891f,
            -0.0556641f,
            -0.046875f,
            0,
            -0.0556641f,
            0.3525391f,
            0.296875f,
            0,
            -0.046875f,
            0.296875f,
            0.25f);
  }
}
