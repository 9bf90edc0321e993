package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Map;

/**
 * What a detector took regions for, and how it is guessed (MRC-kl).
 *
 * @param head tokens to logits, float[N, K, width] to float[N, K, classes]
 * @param probabilities float[N, K, classes]
 */
record RegionClasses(TensorFunction head, Value probabilities) {

  private static final float TINY = 1e-30f;

  /**
   * {@code mean( KL(p || softmax(logits)) )} over the chosen regions, with {@code KL(p || q) =
   * sum_c p_c (log p_c - log q_c)}.
   *
   * @param regions tokens, float[N, K, width]
   * @param chosen bool[N, K]
   */
  UniterPass.Outcome guessed(Ops g, Value regions, Value chosen) {
    Value logits = head.apply(regions);
    Value logGuess = g.logSoftmax(logits, -1);
    Value logTarget = g.log(g.max(probabilities, g.constant(TINY)));
    Value perClass = g.mul(probabilities, g.sub(logTarget, logGuess));
    Value loss = UniterLosses.meanWhere(g, g.reduceSum(perClass, false, 2), chosen);
    Value accuracy = UniterLosses.meanWhere(g, agreement(g, logits), chosen);
    return new UniterPass.Outcome(loss, Map.of("mrc_loss", loss, "mrc_accuracy", accuracy));
  }

  /** Whether a likeliest class of the guess is one of the detector's, float[N, K], 1 or 0. */
  private Value agreement(Ops g, Value logits) {
    Value both = g.and(largest(g, logits), largest(g, probabilities));
    return g.reduceMax(g.cast(both, ElementType.FLOAT), false, 2);
  }

  private static Value largest(Ops g, Value perClass) {
    return g.equal(perClass, g.reduceMax(perClass, true, 2));
  }
}
