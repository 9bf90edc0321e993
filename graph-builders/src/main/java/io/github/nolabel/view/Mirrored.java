package io.github.nolabel.view;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Mirrors left and right, as a product with ones on one diagonal or the other. */
record Mirrored() implements GraphChange {

  @Override
  public Value of(Ops g, Value images, Value drawn) {
    int size = (int) images.shape().extent(3);
    Value same = g.constant(ones(size, false));
    Value other = g.constant(ones(size, true));
    return g.matMul(images, g.where(Drawn.happens(g, drawn), other, same));
  }

  private static Tensor ones(int size, boolean mirrored) {
    float[] matrix = new float[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + (mirrored ? size - 1 - i : i)] = 1;
    }
    return Tensor.of(matrix, size, size);
  }
}
