package io.github.nolabel.runtime.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class ToomCookTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void sixMultiplicationsGiveFourResultsOfThreeTaps() {
    double[] numbers = random.doubles(6, -1, 1).toArray();
    double[] taps = random.doubles(3, -1, 1).toArray();
    double[] values = times(ToomCook.numbers(), numbers);
    double[] factors = times(ToomCook.taps(), taps);
    for (int point = 0; point < 6; point++) {
      values[point] *= factors[point];
    }
    double[] results = times(ToomCook.results(), values);
    for (int i = 0; i < 4; i++) {
      double expected = numbers[i] * taps[0] + numbers[i + 1] * taps[1] + numbers[i + 2] * taps[2];
      assertThat(results[i]).isCloseTo(expected, within(1e-14));
    }
  }

  @Test
  void numbersAndResultsAreRewrittenByMatricesWithoutRounding() {
    for (double[][] matrix : new double[][][] {ToomCook.numbers(), ToomCook.results()}) {
      for (double[] row : matrix) {
        for (double value : row) {
          assertThat((double) (float) value).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void aMatrixForSquaresIsAppliedToRowsAndToColumns() {
    double[][] taps = ToomCook.taps();
    double[][] square = {
      random.doubles(3).toArray(), random.doubles(3).toArray(), random.doubles(3).toArray()
    };
    double[][] rows = ToomCook.turned(product(taps, square));
    double[][] expected = ToomCook.turned(product(taps, rows));
    try (FloatPointer both = ToomCook.squared(taps)) {
      for (int i = 0; i < 36; i++) {
        double sum = 0;
        for (int j = 0; j < 9; j++) {
          sum += both.get(9L * i + j) * square[j / 3][j % 3];
        }
        assertThat(sum).isCloseTo(expected[i / 6][i % 6], within(1e-6));
      }
    }
  }

  @Test
  void columnsCanBeReversed() {
    assertThat(ToomCook.reversed(new double[][] {{1, 2, 3}, {4, 5, 6}}))
        .isDeepEqualTo(new double[][] {{3, 2, 1}, {6, 5, 4}});
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][];
    double[][] columns = ToomCook.turned(b);
    for (int i = 0; i < a.length; i++) {
      product[i] = times(columns, a[i]);
    }
    return product;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        result[i] += matrix[i][j] * vector[j];
      }
    }
    return result;
  }
}
