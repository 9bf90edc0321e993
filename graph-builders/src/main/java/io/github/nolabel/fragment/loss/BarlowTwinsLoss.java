package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Barlow Twins (Zbontar et al. 2021, arXiv 2103.03230): the cross-correlation of the two views'
 * standardised embeddings should be the identity.
 *
 * <pre>
 * C = a' b / N     with columns of a and b at mean 0 and variance 1
 * loss = scale * ( sum_i (C_ii - 1)^2 + lambda * sum_{i != j} (C_ij - target)^2 )
 * </pre>
 *
 * The target is 0, or -1 in the variant of Tsai et al. 2021 (arXiv 2104.13712), which maximises the
 * Hilbert-Schmidt independence criterion. A feature that is constant over the batch has correlation
 * 0 with everything.
 */
public record BarlowTwinsLoss(double lambda, double scale, boolean hsic) {

  /** Added to the variance, as by the batch normalisation of the paper's code. */
  private static final double EPSILON = 1e-5;

  public BarlowTwinsLoss {
    Require.within("lambda", lambda, 0, 1e6);
    Require.within("scale", scale, 1e-9, 1e9);
  }

  /**
   * @param first float[N, D]
   * @param second float[N, D]
   * @return float[]
   */
  public Value apply(Ops g, Value first, Value second) {
    Value correlation = correlation(g, first, second);
    Value diagonal = g.diagonal(correlation);
    Value target = g.where(diagonal, g.constant(1), g.constant(hsic ? -1 : 0));
    Value weight = g.where(diagonal, g.constant(scale), g.constant(scale * lambda));
    Value miss = g.sub(correlation, target);
    return g.reduceSum(g.mul(g.mul(miss, miss), weight), false);
  }

  /** float[D, D], entries in [-1, 1]. */
  private static Value correlation(Ops g, Value first, Value second) {
    Value rows = g.div(g.elementCount(first), g.constant((double) first.shape().extent(1)));
    Value products = g.matMul(g.transposeMatrix(standardised(g, first)), standardised(g, second));
    return g.div(products, rows);
  }

  private static Value standardised(Ops g, Value x) {
    Value centred = g.sub(x, g.reduceMean(x, true, 0));
    Value variance = g.reduceMean(g.mul(centred, centred), true, 0);
    return g.div(centred, g.sqrt(g.add(variance, g.constant(EPSILON))));
  }
}
