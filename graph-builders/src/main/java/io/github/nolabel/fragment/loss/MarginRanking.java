package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Keeps pairs that belong together ahead of all others by a margin m; of a square of scores whose
 * diagonal holds those pairs (Faghri et al. 2018, arXiv 1707.05612, equations 5 and 6).
 *
 * <pre>
 * v_ij = max(0, m - s_ii + s_ij)      row i meets another column
 * w_ij = max(0, m - s_jj + s_ij)      column j meets another row
 * sum of hinges  = ( sum_{i != j} v_ij + sum_{i != j} w_ij ) / N
 * max violation  = ( sum_i max_{j != i} v_ij + sum_j max_{i != j} w_ij ) / N
 * </pre>
 *
 * The paper sums where this is the mean over rows: N times this. 0 once all margins are kept; with
 * equal scores the max violation is 2m.
 *
 * @param margin the lead that is asked for
 */
public record MarginRanking(double margin) {

  public MarginRanking {
    Require.within("margin", margin, 0, 100);
  }

  /**
   * All violations.
   *
   * @param scores float[N, N]
   * @return float[]
   */
  public Value sumOfHinges(Ops g, Value scores) {
    Value all = g.add(violations(g, scores), violations(g, g.transposeMatrix(scores)));
    return g.reduceMean(g.reduceSum(all, false, 1), false);
  }

  /**
   * The worst violation per row and per column.
   *
   * @param scores float[N, N]
   * @return float[]
   */
  public Value maxViolation(Ops g, Value scores) {
    return g.add(
        meanOfWorst(g, violations(g, scores)),
        meanOfWorst(g, violations(g, g.transposeMatrix(scores))));
  }

  private static Value meanOfWorst(Ops g, Value violations) {
    return g.reduceMean(g.reduceMax(violations, false, 1), false);
  }

  private Value violations(Ops g, Value scores) {
    Value own = g.diagonal(scores);
    Value zero = g.constant(0);
    Value partners = g.reduceSum(g.where(own, scores, zero), true, 1);
    Value wanting = g.add(g.sub(scores, partners), g.constant(margin));
    return g.where(own, zero, g.relu(wanting));
  }
}
