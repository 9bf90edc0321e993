package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * The normalised temperature-scaled cross entropy of SimCLR (Chen et al. 2020, arXiv 2002.05709):
 * each of the 2N embeddings should find its partner among the 2N - 1 others.
 *
 * <pre>
 * loss = mean_i( logsumexp_{k != i}(z_i z_k / T) - z_i z_partner(i) / T ),   |z| = 1
 * </pre>
 *
 * At least 0; {@code log(2N - 1)} when all embeddings are equal.
 *
 * <p>Within a configuration it is the option {@code temperature}.
 */
public record NtXent(
    @Option.Temperature("Softmax temperature: smaller looks harder at the nearest others")
        double temperature) {

  /** Far below every logit, and finite so that gradients stay numbers. */
  private static final double NEVER = -1e30;

  public NtXent {
    Require.within("temperature", temperature, 1e-3, 100);
  }

  /**
   * @param first float[N, D]
   * @param second float[N, D], partners of the first by row
   * @return float[]
   */
  public Value apply(Ops g, Value first, Value second) {
    Value all = Vectors.unit(g, g.concat(0, first, second));
    Value similarities = g.mul(g.matMul(all, g.transposeMatrix(all)), 1 / temperature);
    Value toOthers = g.where(g.diagonal(all), g.constant(NEVER), similarities);
    List<Value> halves = g.splitLike(all, 0, List.of(first, second));
    Value partners =
        g.mul(g.reduceSum(g.mul(halves.get(0), halves.get(1)), false, 1), 1 / temperature);
    return g.sub(
        g.reduceMean(g.reduceLogSumExp(toOthers, false, 1), false), g.reduceMean(partners, false));
  }
}
