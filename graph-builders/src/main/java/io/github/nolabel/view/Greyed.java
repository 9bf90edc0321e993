package io.github.nolabel.view;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Takes the colour away. */
record Greyed() implements GraphChange {

  private static final Tensor SHARES = Tensor.of(new float[] {0.2989f, 0.587f, 0.114f}, 1, 3, 1, 1);

  @Override
  public Value of(Ops g, Value images, Value drawn) {
    return g.where(Drawn.happens(g, drawn), luminance(g, images), images);
  }

  /** float[N, 3, S, S] to float[N, 1, S, S]. */
  static Value luminance(Ops g, Value images) {
    return g.reduceSum(g.mul(images, g.constant(SHARES)), true, 1);
  }
}
