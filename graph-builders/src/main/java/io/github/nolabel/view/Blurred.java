package io.github.nolabel.view;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Blur by a kernel for each image, {@code K x K'}: the matrix K holds the kernel along every row,
 * folded back at the border, which is a mirror that does not repeat the edge pixel.
 */
record Blurred(GaussianBlur blur) implements GraphChange {

  @Override
  public Value of(Ops g, Value images, Value drawn) {
    long size = images.shape().extent(3);
    Value flat = g.matMul(drawn, g.constant(folds((int) size)));
    Shape matrices =
        new Shape(
            List.of(
                images.shape().dim(0), Dim.of(1), images.shape().dim(2), images.shape().dim(3)));
    Value kernels = g.reshape(flat, matrices);
    return g.matMul(g.matMul(kernels, images), g.transposeMatrix(kernels));
  }

  /** How often a pixel stands at a distance of another, float[kernel / 2 + 1, S * S]. */
  private Tensor folds(int size) {
    int half = blur.kernel() / 2;
    float[] folds = new float[(half + 1) * size * size];
    for (int pixel = 0; pixel < size; pixel++) {
      for (int tap = -half; tap <= half; tap++) {
        folds[(Math.abs(tap) * size + pixel) * size + mirrored(pixel + tap, size)]++;
      }
    }
    return Tensor.of(folds, half + 1, (long) size * size);
  }

  /** Where a position outside 0 to {@code size} - 1 falls when the ends are mirrors. */
  private static int mirrored(int position, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int folded = Math.floorMod(position, period);
    return Math.min(folded, period - folded);
  }
}
