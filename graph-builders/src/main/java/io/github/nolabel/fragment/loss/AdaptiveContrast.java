package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Each row finds its column, and each column its row, among the hardest others, as many as the
 * batch's scores ask for (arXiv 2210.02206): half of them while scores are around zero, the hardest
 * alone once pairs are aligned.
 *
 * <pre>
 * a = mean_i s_ii                                    alignment
 * u = mean_ij exp(-s_ij), with s_ii taken as 0       uniformity
 * n = min(max(trunc(N cos((a + u)^scale)) + 1, 1), N - 1)
 * loss = mean_i( logsumexp(l_ii, l_i(1), .., l_i(n)) - l_ii ), mean of both directions
 * l_ii = s_ii / T,   l_i(k) = (margin + k-th largest s_ij, j != i) / T,   T = 0.01
 * </pre>
 *
 * A negative a + u counts as 0. The own partner never is among the n, whatever the scores' signs; n
 * carries no gradient.
 *
 * @param margin added to the scores of the others
 * @param scale how n follows the scores
 */
public record AdaptiveContrast(double margin, double scale) {

  /** What scores are divided by. */
  public static final double TEMPERATURE = 0.01;

  /** Far below every score, and finite so that gradients stay numbers. */
  private static final double NEVER = -1e30;

  public AdaptiveContrast {
    Require.within("margin", margin, 0, 100);
    Require.within("scale", scale, 0.01, 100);
  }

  /**
   * @param scores float[N, N]
   * @return float[]
   */
  public Value apply(Ops g, Value scores) {
    Value negatives = negatives(g, scores);
    Value rows = ofRows(g, scores, negatives);
    return g.mul(g.add(rows, ofRows(g, g.transposeMatrix(scores), negatives)), 0.5);
  }

  /**
   * n, as float[].
   *
   * @param scores float[N, N]
   */
  public Value negatives(Ops g, Value scores) {
    Value s = g.detach(scores);
    Value own = g.diagonal(s);
    Value zero = g.constant(0);
    Value rows = g.elementCount(g.rowNumbers(s));
    Value alignment = g.div(g.reduceSum(g.where(own, s, zero), false), rows);
    Value uniformity = g.reduceMean(g.exp(g.neg(g.where(own, zero, s))), false);
    Value angle = g.pow(g.max(g.add(alignment, uniformity), zero), scale);
    Value one = g.constant(1);
    Value wanted = g.add(truncated(g, g.mul(g.cos(angle), rows)), one);
    return g.max(g.min(wanted, g.sub(rows, one)), one);
  }

  private static Value truncated(Ops g, Value x) {
    return g.cast(g.cast(x, ElementType.INT64), ElementType.FLOAT);
  }

  private Value ofRows(Ops g, Value scores, Value negatives) {
    Value own = g.diagonal(scores);
    Value partner = g.reduceSum(g.where(own, scores, g.constant(0)), true, 1);
    Value others = hardest(g, g.where(own, g.constant(NEVER), scores), negatives);
    Value all = g.concat(1, partner, g.add(others, g.constant(margin)));
    Value surprise =
        g.sub(
            g.reduceLogSumExp(g.mul(all, 1 / TEMPERATURE), true, 1),
            g.mul(partner, 1 / TEMPERATURE));
    return g.reduceMean(surprise, false);
  }

  /** Each row's n largest in front, and what is never chosen behind. */
  private static Value hardest(Ops g, Value scores, Value n) {
    List<Value> sorted = g.sorted(scores, 1);
    Value rank = g.cast(g.rowNumbers(scores), ElementType.FLOAT);
    return g.where(g.less(rank, n), sorted.get(0), g.constant(NEVER));
  }
}
