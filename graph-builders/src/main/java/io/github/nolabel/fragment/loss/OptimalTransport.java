package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * What it costs to carry words to regions when every word, and every region, has the same weight:
 * the Wasserstein distance by the inexact proximal point method IPOT (Xie et al. 2020, arXiv
 * 1802.04307), as UNITER aligns them (Chen et al. 2020, arXiv 1909.11740).
 *
 * <pre>
 * C_ij     = 1 - cos(word_i, region_j)
 * A        = exp(-C / beta),   T = 1,   sigma = 1/m
 * repeat:    Q = A * T,   delta = 1 / (n Q sigma),   sigma = 1 / (m Q' delta),
 *            T_ij = delta_i Q_ij sigma_j
 * distance = sum_ij( T_ij C_ij )
 * </pre>
 *
 * with n words and m regions, padding not counted. Gradients reach the vectors through the cost;
 * the plan T is taken as fixed.
 *
 * @param beta smaller comes to the best plan in fewer iterations
 * @param iterations each a step towards that plan, with one scaling of rows and columns
 */
public record OptimalTransport(double beta, int iterations) {

  /** As UNITER has it. */
  public static final OptimalTransport STANDARD = new OptimalTransport(0.5, 50);

  /** Divides padding, which has zero to share, in place of zero. */
  private static final double SMALLEST = 1e-30;

  public OptimalTransport {
    Require.within("beta", beta, 1e-2, 100);
    Require.within("iterations", iterations, 1, 1000);
  }

  /**
   * @param words float[N, n, D]
   * @param regions float[N, m, D]
   * @param wordMask float[N, n], 1 for a word and 0 for padding
   * @param regionMask float[N, m], 1 for a region and 0 for padding
   * @return float[N], in [0, 2]
   */
  public Value distance(Ops g, Value words, Value regions, Value wordMask, Value regionMask) {
    Value cost = cost(g, words, regions, wordMask, regionMask);
    return g.reduceSum(g.mul(plan(g, cost, wordMask, regionMask), cost), false, 1, 2);
  }

  /** One minus the cosine, float[N, n, m]; zero for padding. */
  static Value cost(Ops g, Value words, Value regions, Value wordMask, Value regionMask) {
    Value cosines = g.matMul(Vectors.unit(g, words), g.transposeMatrix(Vectors.unit(g, regions)));
    return g.mul(g.sub(g.constant(1), cosines), both(g, wordMask, regionMask));
  }

  /** How much of each word goes to each region, float[N, n, m]; without gradient. */
  Value plan(Ops g, Value cost, Value wordMask, Value regionMask) {
    Side words = Side.of(g, g.unsqueeze(wordMask, 2));
    Side regions = Side.of(g, g.unsqueeze(regionMask, 2));
    Value present = both(g, wordMask, regionMask);
    Value closeness = g.mul(g.exp(g.mul(g.detach(cost), -1 / beta)), present);
    Value plan = present;
    Value sigma = g.div(regions.mask(), regions.count());
    for (int i = 0; i < iterations; i++) {
      Value kernel = g.mul(closeness, plan);
      Value delta = words.scaling(g, g.matMul(kernel, sigma));
      sigma = regions.scaling(g, g.matMul(g.transposeMatrix(kernel), delta));
      plan = g.mul(g.mul(delta, kernel), g.transposeMatrix(sigma));
    }
    return plan;
  }

  private static Value both(Ops g, Value wordMask, Value regionMask) {
    return g.mul(g.unsqueeze(wordMask, 2), g.unsqueeze(regionMask, 1));
  }

  /** What is carried, or where to: float[N, k, 1], 1 where there is something, and how many. */
  private record Side(Value mask, Value count) {

    static Side of(Ops g, Value mask) {
      return new Side(mask, g.max(g.reduceSum(mask, true, 1), g.constant(1)));
    }

    /** What makes every sum the same: float[N, k, 1], zero for padding. */
    Value scaling(Ops g, Value sums) {
      return g.div(mask, g.max(g.mul(count, sums), g.constant(SMALLEST)));
    }
  }
}
