package io.github.nolabel.fragment.loss;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * How surprising labels are under {@code softmax(logits)}, averaged over all but the class axis.
 *
 * <pre>
 * hard:  loss = mean_i( -log softmax(logits_i)[label_i] )
 * soft:  loss = mean_i( -sum_k target_ik log softmax(logits_i)[k] )
 * </pre>
 *
 * {@code log(K)} when all logits are equal. Gradients reach the logits, and soft targets too unless
 * they are detached.
 */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * @param logits float[..., K]
   * @param labels int64[...], from zero to below K
   * @return float[]
   */
  public static Value ofLabels(Ops g, Value logits, Value labels) {
    int classAxis = logits.shape().rank() - 1;
    Value logProbabilities = g.logSoftmax(logits, -1);
    Value picked = g.gatherElements(logProbabilities, g.unsqueeze(labels, classAxis), -1);
    return g.neg(g.reduceMean(picked, false));
  }

  /**
   * @param logits float[..., K]
   * @param targets float[..., K], rows that sum to one
   * @return float[]
   */
  public static Value ofTargets(Ops g, Value logits, Value targets) {
    Value perRow = g.reduceSum(g.mul(targets, g.logSoftmax(logits, -1)), false, -1);
    return g.neg(g.reduceMean(perRow, false));
  }
}
