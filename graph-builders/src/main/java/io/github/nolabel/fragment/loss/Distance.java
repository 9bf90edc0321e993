package io.github.nolabel.fragment.loss;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** How far predictions are from their targets by direction; the caller detaches the targets. */
public final class Distance {

  private static final double SMALLEST = 1e-12;

  private Distance() {}

  /**
   * The squared distance of unit rows (BYOL, Grill et al. 2020, eq. 2).
   *
   * <pre>
   * loss = mean_i( |p_i - t_i|^2 ) = 2 - 2 mean_i( p_i t_i ),   |p| = |t| = 1
   * </pre>
   *
   * In [0, 4]; 2 for orthogonal rows.
   *
   * @param prediction float[N, D]
   * @param target float[N, D]
   * @return float[]
   */
  public static Value normalised(Ops g, Value prediction, Value target) {
    Value cosine = Vectors.meanCosine(g, prediction, target, SMALLEST);
    return g.sub(g.constant(2), g.mul(cosine, 2));
  }

  /**
   * The negative cosine (SimSiam, Chen and He 2021, eq. 1), in [-1, 1].
   *
   * @param smallest rows shorter than this count as if they had this length
   */
  public static Value negativeCosine(Ops g, Value prediction, Value target, double smallest) {
    return g.neg(Vectors.meanCosine(g, prediction, target, smallest));
  }

  /**
   * One less the cosine, in [0, 2]: 0 where all rows point the same way, 1 for orthogonal ones.
   *
   * @param prediction float[N, D]
   * @param target float[N, D]
   * @return float[]
   */
  public static Value cosine(Ops g, Value prediction, Value target) {
    return g.sub(g.constant(1), Vectors.meanCosine(g, prediction, target, SMALLEST));
  }
}
