package io.github.nolabel.mechanism;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Draws a wrong partner for each row of a batch, the more likely the more similar it is (ALBEF, Li
 * et al. 2021, arXiv 2107.07651, section 3.2):
 *
 * <pre>
 * P(j for i) = softmax_j(logits_ij)   over j that is not i and has not the caption of i
 * </pre>
 *
 * by the largest of {@code logits + Gumbel noise}. When all other captions equal the row's own, one
 * of them is drawn; a batch of one draws itself.
 *
 * @param logits float[N, N], queries by candidates; no gradient reaches them
 * @param equal bool[N, N], candidates that are as right as the query's own; see {@link #equalRows}
 */
public record HardNegatives(Value logits, Value equal) {

  /** The Gumbel noise of a float32 stays finite this far from 0 and 1. */
  private static final double MARGIN = 1e-7;

  /** More than logits and noise can make up for, and yet less than {@link #NEVER}. */
  private static final double RATHER_NOT = 1e4;

  private static final double NEVER = 1e8;

  /**
   * Which rows of whole numbers are the same.
   *
   * @param ids int64[N, L]
   * @return bool[N, N]
   */
  public static Value equalRows(Ops g, Value ids) {
    Value alike = g.equal(g.unsqueeze(ids, 1), g.unsqueeze(ids, 0));
    return g.greater(g.reduceMin(g.cast(alike, ElementType.FLOAT), false, 2), g.constant(0.5));
  }

  /** The same for the other direction: candidates choose among queries. */
  public HardNegatives transposed(Ops g) {
    return new HardNegatives(g.transposeMatrix(logits), equal);
  }

  /**
   * Draws once.
   *
   * @param key int64[], fed anew each step, see {@link RandomOps#KEY}
   * @param stream tells draws of one step apart
   * @return float[N, N], rows with a single one; detached
   */
  public Value draw(Ops g, Value key, String stream) {
    Value noisy = g.add(g.detach(logits), gumbel(g, key, stream));
    Value avoided = g.where(equal, g.sub(noisy, g.constant(RATHER_NOT)), noisy);
    Value allowed = g.where(g.diagonal(logits), g.constant(-NEVER), avoided);
    Value behind = g.less(allowed, g.reduceMax(allowed, true, 1));
    Value largest = g.cast(g.not(behind), ElementType.FLOAT);
    return g.detach(g.div(largest, g.reduceSum(largest, true, 1)));
  }

  /**
   * What a draw chose.
   *
   * @param drawn float[N, N], of {@link #draw}
   * @param x float[N, ...]; gradients reach it
   * @return float[N, ...]
   */
  public static Value chosen(Ops g, Value drawn, Value x) {
    Shape shape = x.shape();
    Dim width = new Shape(shape.dims().subList(1, shape.rank())).elements();
    Value flat = g.reshape(x, new Shape(List.of(shape.dim(0), width)));
    return g.reshape(g.matMul(drawn, flat), shape);
  }

  private Value gumbel(Ops g, Value key, String stream) {
    Value numbers = g.cast(g.randomIntegers(logits, key, stream), ElementType.FLOAT);
    Value uniform = g.clip(g.mul(numbers, 1.0 / RandomOps.PRIME), MARGIN, 1 - MARGIN);
    return g.neg(g.log(g.neg(g.log(uniform))));
  }
}
