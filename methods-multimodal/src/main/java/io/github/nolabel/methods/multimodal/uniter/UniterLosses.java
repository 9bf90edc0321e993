package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Losses of tasks, each over what was drawn; zero where nothing was. */
final class UniterLosses {

  private UniterLosses() {}

  /** {@code mean( -log softmax(logits)[id] )} over the chosen words. */
  static Value words(Ops g, Value logits, Value ids, Value chosen) {
    Value logProbabilities = g.logSoftmax(logits, -1);
    return meanWhere(g, g.neg(ofWord(g, logProbabilities, ids)), chosen);
  }

  /** The share of the chosen words that no other has a larger logit than. */
  static Value wordAccuracy(Ops g, Value logits, Value ids, Value chosen) {
    Value best = g.reduceMax(logits, false, 2);
    Value right = g.not(g.less(ofWord(g, logits, ids), best));
    return meanWhere(g, g.cast(right, ElementType.FLOAT), chosen);
  }

  private static Value ofWord(Ops g, Value perWord, Value ids) {
    return g.squeeze(g.gatherElements(perWord, g.unsqueeze(ids, 2), 2), 2);
  }

  /** {@code mean( |guess - features|^2 / width )} over the chosen regions. */
  static Value regions(Ops g, Value guess, Value features, Value chosen) {
    Value apart = g.sub(guess, features);
    return meanWhere(g, g.reduceMean(g.mul(apart, apart), false, 2), chosen);
  }

  /** {@code mean( -log sigmoid(+-logit) )}, plus for pairs that belong together. */
  static Value pairs(Ops g, Value logits, Value matched) {
    return g.reduceMean(g.softplus(g.where(matched, g.neg(logits), logits)), false);
  }

  static Value pairAccuracy(Ops g, Value logits, Value matched) {
    Value right = g.equal(g.greater(logits, g.constant(0)), matched);
    return g.reduceMean(g.cast(right, ElementType.FLOAT), false);
  }

  /** The mean distance of pairs that belong together, less that of the others. */
  static Value alignment(Ops g, Value distances, Value matched) {
    return g.sub(meanWhere(g, distances, matched), meanWhere(g, distances, g.not(matched)));
  }

  /**
   * @param chosen bool, or 1 and 0
   */
  static Value meanWhere(Ops g, Value values, Value chosen) {
    Value weights = g.cast(chosen, ElementType.FLOAT);
    Value count = g.max(g.reduceSum(weights, false), g.constant(1));
    return g.div(g.reduceSum(g.mul(values, weights), false), count);
  }
}
