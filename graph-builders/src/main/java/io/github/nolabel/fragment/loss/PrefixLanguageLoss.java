package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * How surprising a text's tokens are, given an image, their first l tokens and those before each
 * (prefix language modelling: Wang et al. 2022, arXiv 2108.10904). Logits at token t are for token
 * t + 1; tokens of the prefix and padding do not count.
 *
 * <pre>
 * counts_it = 1 if t + 1 &gt;= l_i and mask_i(t+1) = 1, else 0
 * loss      = sum_it( counts_it -log softmax(logits_it)[ids_i(t+1)] ) / max(1, sum_it( counts_it ))
 * </pre>
 *
 * {@code log(V)} when all logits are equal; 0 when nothing counts. With l = 0 it is the loss of
 * plain language modelling.
 *
 * @param loss float[]
 * @param accuracy float[], in [0, 1]: the share of counted tokens that have the largest logit
 */
public record PrefixLanguageLoss(Value loss, Value accuracy) {

  /**
   * @param logits float[N, L, V]
   * @param ids int64[N, L]
   * @param mask int64[N, L], 1 for a token and 0 for padding
   * @param prefix int64[N], how many first tokens are given
   */
  public static PrefixLanguageLoss of(Ops g, Value logits, Value ids, Value mask, Value prefix) {
    long length = ids.shape().extent(1);
    Value logProbabilities = g.logSoftmax(g.slice(logits, 1, 0, length - 1), -1);
    Value targets = g.unsqueeze(g.slice(ids, 1, 1, length), 2);
    Value picked = g.squeeze(g.gatherElements(logProbabilities, targets, -1), 2);
    Value counts = counts(g, mask, prefix);
    Value largest = g.reduceMax(logProbabilities, false, 2);
    Value hits = g.cast(g.not(g.less(picked, largest)), ElementType.FLOAT);
    return new PrefixLanguageLoss(g.neg(mean(g, picked, counts)), mean(g, hits, counts));
  }

  /** float[N, L - 1]: 1 where token t + 1 is one to predict. */
  private static Value counts(Ops g, Value mask, Value prefix) {
    long length = mask.shape().extent(1);
    Value places = g.add(g.numbers(length - 1), g.integer(1));
    Value beyond = g.not(g.less(places, g.unsqueeze(prefix, 1)));
    Value real = g.slice(mask, 1, 1, length);
    return g.mul(g.cast(beyond, ElementType.FLOAT), g.cast(real, ElementType.FLOAT));
  }

  private static Value mean(Ops g, Value values, Value counts) {
    Value sum = g.reduceSum(g.mul(values, counts), false);
    return g.div(sum, g.max(g.reduceSum(counts, false), g.constant(1)));
  }
}
