package io.github.nolabel.runtime.kernels.tiles;

import java.util.Arrays;

/**
 * Some results of a filter of three taps by as many multiplications as there are numbers that they
 * come from: {@code y = A ((G g) * (B d))} for neighbouring numbers d and taps g. Numbers and taps
 * are the coefficients of polynomials, which are multiplied by their values at so many points; A, G
 * and B are the transposes of what that takes. Over squares of numbers each matrix is applied to
 * rows and to columns.
 *
 * <p>Toom 1963, Cook 1966; for convolutions Winograd 1980 and Lavin and Gray, "Fast algorithms for
 * convolutional neural networks", 2015.
 */
final class ToomCook {

  static final int TAPS = 3;

  private final double[] finite;

  /**
   * @param finite all points but the one at infinity
   */
  ToomCook(double... finite) {
    this.finite = finite;
  }

  /** Results along an axis. */
  int results() {
    return numbers() - TAPS + 1;
  }

  /** Numbers along an axis that the results come from, and points. */
  int numbers() {
    return finite.length + 1;
  }

  /** The factor of a point that B leaves to G: its distances from the others, multiplied. */
  private double distances(int point) {
    return Arrays.stream(finite)
        .filter(other -> other != finite[point])
        .reduce(1, (product, other) -> product * (finite[point] - other));
  }

  /** Powers of each point, {@code [points, count]}. */
  private double[][] powers(int count) {
    double[][] rows = new double[numbers()][count];
    for (int point = 0; point < finite.length; point++) {
      for (int power = 0; power < count; power++) {
        rows[point][power] = Math.pow(finite[point], power);
      }
    }
    rows[finite.length][count - 1] = 1;
    return rows;
  }

  /** {@code A}, {@code [results, points]}. */
  double[][] resultsOfProducts() {
    return turned(powers(results()));
  }

  /** {@code G}, {@code [points, taps]}. */
  double[][] valuesOfTaps() {
    double[][] rows = powers(TAPS);
    for (int point = 0; point < finite.length; point++) {
      for (int tap = 0; tap < TAPS; tap++) {
        rows[point][tap] /= distances(point);
      }
    }
    return rows;
  }

  /** {@code B}, {@code [points, numbers]}: polynomials that vanish at all other points. */
  double[][] valuesOfNumbers() {
    double[][] rows = new double[numbers()][];
    for (int point = 0; point < numbers(); point++) {
      rows[point] = vanishing(point);
    }
    return rows;
  }

  private double[] vanishing(int exceptAt) {
    double[] polynomial = new double[numbers()];
    polynomial[0] = 1;
    for (int point = 0; point < finite.length; point++) {
      if (point != exceptAt) {
        for (int power = numbers() - 1; power >= 0; power--) {
          double lower = power == 0 ? 0 : polynomial[power - 1];
          polynomial[power] = lower - finite[point] * polynomial[power];
        }
      }
    }
    return polynomial;
  }

  static double[][] turned(double[][] matrix) {
    double[][] turned = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  /** With columns from the last to the first. */
  static double[][] reversed(double[][] matrix) {
    double[][] reversed = new double[matrix.length][matrix[0].length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        reversed[i][j] = matrix[i][matrix[0].length - 1 - j];
      }
    }
    return reversed;
  }
}
