package io.github.nolabel.runtime.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToomCookTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @MethodSource("sizes")
  void asManyMultiplicationsAsNumbersGiveResultsOfThreeTaps(ToomCook points, int results) {
    assertThat(points.results()).isEqualTo(results);
    double[] numbers = random.doubles(points.numbers(), -1, 1).toArray();
    double[] taps = random.doubles(3, -1, 1).toArray();
    double[] values = times(points.valuesOfNumbers(), numbers);
    double[] factors = times(points.valuesOfTaps(), taps);
    for (int point = 0; point < values.length; point++) {
      values[point] *= factors[point];
    }
    double[] found = times(points.resultsOfProducts(), values);
    for (int i = 0; i < results; i++) {
      double expected = numbers[i] * taps[0] + numbers[i + 1] * taps[1] + numbers[i + 2] * taps[2];
      assertThat(found[i]).isCloseTo(expected, within(1e-14));
    }
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(new ToomCook(0, 1, -1), 2),
        Arguments.of(new ToomCook(0, 1, -1, 2), 3),
        Arguments.of(new ToomCook(0, 1, -1, 0.5, -2), 4),
        Arguments.of(Strips.POINTS, 4));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void numbersAndResultsAreRewrittenWithoutRounding(ToomCook points, int results) {
    for (double value : entries(points)) {
      assertThat((double) (float) value).as("for %d results", results).isEqualTo(value);
    }
  }

  @Test
  void squaresOfTwoAreRewrittenBySignsAlone() {
    assertThat(entries(new ToomCook(0, 1, -1))).containsOnly(0, 1, -1);
  }

  @Test
  void stripsAreRewrittenByMatricesThatAreExactInBf16() {
    for (double value : entries(Strips.POINTS)) {
      assertThat(Float.floatToRawIntBits((float) value) & 0xFFFF).as("bits of %s", value).isZero();
    }
  }

  /** The sum over points of what an error of a value or of a weight's value becomes, squared. */
  @Test
  void stripsRoundLessThanWithPointsOfWholeNumbersOrOfSquaresInFloat32() {
    double strips = amplified(Strips.POINTS);
    assertThat(strips).isBetween(4.7, 4.8);
    assertThat(strips).isLessThan(0.7 * amplified(new ToomCook(0, 1, -1, 0.5, -2)));
    assertThat(strips).isLessThan(0.5 * amplified(new ToomCook(0, 1, -1, 2, -2)));
  }

  /** Against a sum of three products: over all points, with rows of the three matrices squared. */
  private static double amplified(ToomCook points) {
    double[][] results = ToomCook.turned(points.resultsOfProducts());
    double sum = 0;
    for (int point = 0; point < points.numbers(); point++) {
      sum +=
          square(results[point])
              * square(points.valuesOfNumbers()[point])
              * square(points.valuesOfTaps()[point]);
    }
    return sum / 3 / points.results();
  }

  private static double square(double[] row) {
    return DoubleStream.of(row).map(value -> value * value).sum();
  }

  private static double[] entries(ToomCook points) {
    return Stream.of(points.valuesOfNumbers(), points.resultsOfProducts())
        .flatMap(Stream::of)
        .flatMapToDouble(DoubleStream::of)
        .toArray();
  }

  @Test
  void aMatrixForSquaresIsAppliedToRowsAndToColumns() {
    double[][] taps = new ToomCook(0, 1, -1, 0.5, -2).valuesOfTaps();
    double[][] square = {
      random.doubles(3).toArray(), random.doubles(3).toArray(), random.doubles(3).toArray()
    };
    double[][] rows = ToomCook.turned(product(taps, square));
    double[][] expected = ToomCook.turned(product(taps, rows));
    FloatPointer both = new FloatPointer(TileMatrix.squared(taps, Arithmetic.FP32).numbers());
    for (int i = 0; i < 36; i++) {
      double sum = 0;
      for (int j = 0; j < 9; j++) {
        sum += both.get(9L * i + j) * square[j / 3][j % 3];
      }
      assertThat(sum).isCloseTo(expected[i / 6][i % 6], within(1e-6));
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
