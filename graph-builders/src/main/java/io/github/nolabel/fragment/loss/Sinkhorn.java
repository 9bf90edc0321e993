package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Spreads samples evenly over prototypes (Cuturi 2013; SwAV, Caron et al. 2020, arXiv 2006.09882):
 * {@code exp(scores / epsilon)}, with prototypes and samples scaled in turn to equal sums. Computed
 * with logarithms, so that no epsilon overflows. Carries no gradient.
 *
 * @param epsilon smaller is nearer to one prototype per sample
 * @param iterations of the scaling; each ends with the samples
 */
public record Sinkhorn(double epsilon, int iterations) {

  public Sinkhorn {
    Require.within("epsilon", epsilon, 1e-4, 100);
    Require.within("iterations", iterations, 1, 1000);
  }

  /**
   * @param scores float[N, K]
   * @return float[N, K], rows that sum to one
   */
  public Value assign(Ops g, Value scores) {
    return assign(g, scores, g.constant(0));
  }

  /**
   * @param logWeights how much a sample counts when prototypes are filled, as logarithm;
   *     broadcastable to float[N, 1]. Very negative leaves a sample out
   */
  public Value assign(Ops g, Value scores, Value logWeights) {
    Value logs = g.mul(g.detach(scores), 1 / epsilon);
    for (int i = 0; i < iterations; i++) {
      Value fill = g.reduceLogSumExp(g.add(logs, logWeights), true, 0);
      logs = g.logSoftmax(g.sub(logs, fill), -1);
    }
    return g.exp(logs);
  }
}
