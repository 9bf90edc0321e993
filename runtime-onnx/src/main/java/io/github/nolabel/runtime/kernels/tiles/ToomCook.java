package io.github.nolabel.runtime.kernels.tiles;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Four results of a filter of three taps by six multiplications instead of twelve: {@code y = A ((G
 * g) * (B d))} for six neighbouring numbers d and taps g. Numbers and taps are the coefficients of
 * polynomials, which are multiplied by their values at six points; A, G and B are the transposes of
 * what that takes. Over squares of numbers each matrix is applied to rows and to columns.
 *
 * <p>Toom 1963, Cook 1966; for convolutions Winograd 1980 and Lavin and Gray, "Fast algorithms for
 * convolutional neural networks", 2015, with points that round less than theirs.
 */
final class ToomCook {

  /** Results along an axis. */
  static final int RESULTS = 4;

  static final int TAPS = 3;

  /** Numbers along an axis that the results come from, and points. */
  static final int NUMBERS = RESULTS + TAPS - 1;

  /** All but the one at infinity. Halves and twos of both signs keep all of B exact in float32. */
  private static final double[] FINITE = {0, 1, -1, 0.5, -2};

  private ToomCook() {}

  /** The factor of a point that B leaves to G: its distances from the others, multiplied. */
  private static double distances(int point) {
    double product = 1;
    for (int other = 0; other < FINITE.length; other++) {
      product *= other == point ? 1 : FINITE[point] - FINITE[other];
    }
    return product;
  }

  /** Powers of each point, {@code [points, count]}. */
  private static double[][] powers(int count) {
    double[][] rows = new double[NUMBERS][count];
    for (int point = 0; point < FINITE.length; point++) {
      for (int power = 0; power < count; power++) {
        rows[point][power] = Math.pow(FINITE[point], power);
      }
    }
    rows[FINITE.length][count - 1] = 1;
    return rows;
  }

  /** {@code A}, {@code [results, points]}. */
  static double[][] results() {
    return turned(powers(RESULTS));
  }

  /** {@code G}, {@code [points, taps]}. */
  static double[][] taps() {
    double[][] rows = powers(TAPS);
    for (int point = 0; point < FINITE.length; point++) {
      for (int tap = 0; tap < TAPS; tap++) {
        rows[point][tap] /= distances(point);
      }
    }
    return rows;
  }

  /** {@code B}, {@code [points, numbers]}: polynomials that vanish at all other points. */
  static double[][] numbers() {
    double[][] rows = new double[NUMBERS][];
    for (int point = 0; point < NUMBERS; point++) {
      rows[point] = vanishing(point);
    }
    return rows;
  }

  private static double[] vanishing(int exceptAt) {
    double[] polynomial = new double[NUMBERS];
    polynomial[0] = 1;
    for (int point = 0; point < FINITE.length; point++) {
      if (point != exceptAt) {
        for (int power = NUMBERS - 1; power >= 0; power--) {
          double lower = power == 0 ? 0 : polynomial[power - 1];
          polynomial[power] = lower - FINITE[point] * polynomial[power];
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

  /** The matrix for squares, as their numbers lie row by row, in native memory that stays. */
  static FloatPointer squared(double[][] matrix) {
    int rows = matrix.length;
    int columns = matrix[0].length;
    FloatPointer squared = new FloatPointer((long) rows * rows * columns * columns);
    for (int i = 0; i < rows * rows; i++) {
      for (int j = 0; j < columns * columns; j++) {
        double value = matrix[i / rows][j / columns] * matrix[i % rows][j % columns];
        squared.put((long) i * columns * columns + j, (float) value);
      }
    }
    return squared;
  }
}
