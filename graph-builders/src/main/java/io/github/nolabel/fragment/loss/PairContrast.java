package io.github.nolabel.fragment.loss;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Losses of a square of logits whose diagonal holds the pairs that belong together. */
public final class PairContrast {

  private PairContrast() {}

  /**
   * Each row finds its column and each column its row (Radford et al. 2021, arXiv 2103.00020,
   * figure 3).
   *
   * <pre>
   * loss = ( mean_i -log softmax_j(l_ij)[i] + mean_j -log softmax_i(l_ij)[j] ) / 2
   * </pre>
   *
   * {@code log(N)} when all logits are equal.
   *
   * @param logits float[N, N]
   * @return float[]
   */
  public static Value softmax(Ops g, Value logits) {
    Value partners = g.rowNumbers(logits);
    Value rows = CrossEntropy.ofLabels(g, logits, partners);
    Value columns = CrossEntropy.ofLabels(g, g.transposeMatrix(logits), partners);
    return g.mul(g.add(rows, columns), 0.5);
  }

  /**
   * Each pair for itself is right or wrong (Zhai et al. 2023, arXiv 2303.15343, algorithm 1).
   *
   * <pre>
   * loss = mean_i sum_j log(1 + exp(-z_ij l_ij)),   z = 1 on the diagonal, else -1
   * </pre>
   *
   * @param logits float[N, N]
   * @return float[]
   */
  public static Value sigmoid(Ops g, Value logits) {
    Value wrongness = g.where(g.diagonal(logits), g.neg(logits), logits);
    return g.reduceMean(g.reduceSum(g.softplus(wrongness), false, 1), false);
  }
}
