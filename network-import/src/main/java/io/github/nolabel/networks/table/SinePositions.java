package io.github.nolabel.networks.table;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;

/**
 * Knows the fixed positions of Vaswani et al. (2017) by their rows: a sine and a cosine of each
 * angle, whose squares add up to half the width. No other weights have rows of one length.
 */
final class SinePositions {

  private static final double PRECISION = 1e-3;
  private static final int NARROWEST = 4;
  private static final int FEWEST = 4;

  private SinePositions() {}

  /** Whether each row is one of positions; that of a class token may be zero. */
  static boolean are(Tensor tensor) {
    Shape shape = tensor.shape();
    int rank = shape.rank();
    int width = rank < 2 ? 0 : (int) shape.extent(-1);
    boolean table =
        width >= NARROWEST && width % 2 == 0 && tensor.elements() == rows(shape) * width;
    if (!table || rows(shape) < FEWEST) {
      return false;
    }
    float[] values = tensor.toFloats();
    for (long row = 0; row < rows(shape); row++) {
      double square = square(values, (int) row * width, width);
      boolean zero = row == 0 && square == 0;
      if (!zero && Math.abs(square / width - 0.5) > PRECISION) {
        return false;
      }
    }
    return true;
  }

  private static long rows(Shape shape) {
    return shape.extent(-2);
  }

  /** The sum of squares; infinite if no sine can be among them. */
  private static double square(float[] values, int from, int width) {
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += Math.abs(values[i]) > 1 + PRECISION ? Double.POSITIVE_INFINITY : values[i] * values[i];
    }
    return sum;
  }
}
