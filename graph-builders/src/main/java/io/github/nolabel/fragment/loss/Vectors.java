package io.github.nolabel.fragment.loss;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Rows as directions. */
public final class Vectors {

  /** Shorter rows are scaled as if they had this length: 1e-12, squared. */
  private static final double SMALLEST_SQUARE = 1e-24;

  private Vectors() {}

  /** Every row at length one; float[n, D] to float[n, D]. A row of zeros stays zero. */
  public static Value unit(Ops g, Value x) {
    Value squares = g.reduceSum(g.mul(x, x), true, -1);
    return g.div(x, g.sqrt(g.max(squares, g.constant(SMALLEST_SQUARE))));
  }
}
