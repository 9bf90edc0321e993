package io.github.nolabel.fragment;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Rows as directions. */
public final class Vectors {

  private static final double SMALLEST = 1e-12;

  private Vectors() {}

  /** Every row at length one; float[n, D] to float[n, D]. A row of zeros stays zero. */
  public static Value unit(Ops g, Value x) {
    return unit(g, x, SMALLEST);
  }

  /**
   * Every row at length one.
   *
   * @param smallest rows shorter than this are scaled as if they had this length
   */
  public static Value unit(Ops g, Value x, double smallest) {
    Value squares = g.reduceSum(g.mul(x, x), true, -1);
    return g.div(x, g.sqrt(g.max(squares, g.constant(smallest * smallest))));
  }

  /** The mean cosine between rows of {@code a} and of {@code b}, float[], in [-1, 1]. */
  public static Value meanCosine(Ops g, Value a, Value b, double smallest) {
    Value products = g.mul(unit(g, a, smallest), unit(g, b, smallest));
    return g.reduceMean(g.reduceSum(products, false, -1), false);
  }
}
