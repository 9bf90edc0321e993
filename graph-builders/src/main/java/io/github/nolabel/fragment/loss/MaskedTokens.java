package io.github.nolabel.fragment.loss;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Guesses hidden tokens, with a momentum encoder's guesses as part of the target (ALBEF, Li et al.
 * 2021, arXiv 2107.07651, equations 3 and 7).
 *
 * <pre>
 * surprise = (1 - alpha) (-log p[id]) + alpha (-sum_k q_k log p_k),   p, q = softmax(logits)
 * loss     = sum(chosen surprise) / max(1, sum(chosen))
 * </pre>
 *
 * {@code log(K)} when all logits are equal; 0 when no token is hidden.
 */
public final class MaskedTokens {

  private MaskedTokens() {}

  /**
   * @param logits float[N, L, K]
   * @param momentum float[N, L, K], the momentum encoder's logits; they are detached
   * @param ids int64[N, L], what was hidden
   * @param chosen float[N, L], 1 where a token was hidden and 0 elsewhere
   * @param alpha float[] in [0, 1]
   * @return float[]
   */
  public static Value loss(
      Ops g, Value logits, Value momentum, Value ids, Value chosen, Value alpha) {
    Value logProbabilities = g.logSoftmax(logits, -1);
    Value own = g.squeeze(g.gatherElements(logProbabilities, g.unsqueeze(ids, 2), 2), 2);
    Value opinion = g.detach(g.softmax(momentum, -1));
    Value theirs = g.reduceSum(g.mul(opinion, logProbabilities), false, 2);
    Value rest = g.sub(g.constant(1), alpha);
    Value agreement = g.add(g.mul(own, rest), g.mul(theirs, alpha));
    Value count = g.max(g.reduceSum(chosen, false), g.constant(1));
    return g.neg(g.div(g.reduceSum(g.mul(agreement, chosen), false), count));
  }
}
