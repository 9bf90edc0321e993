package io.github.nolabel.spark;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;

/**
 * What a round's mean over all workers becomes. The way from where the round began to the mean
 * counts as a gradient {@code d} of gradient descent with Nesterov momentum (DiLoCo, Douillard et
 * al. 2023, arXiv 2311.08105):
 *
 * <pre>
 * v = momentum * v + d
 * w = w - rate * (d + momentum * v)
 * </pre>
 *
 * Momentum 0 and rate 1 is the mean itself. Weights are moved so; other state takes its mean.
 */
public record OuterUpdate(
    @Option(
            value = "How far weights go to the workers' mean; DiLoCo has 0.7",
            aliases = "outerRate")
        double rate,
    @Option(value = "Nesterov momentum of that way; DiLoCo has 0.9", aliases = "outerMomentum")
        double momentum) {

  /** The mean. */
  public static final OuterUpdate MEAN = new OuterUpdate(1, 0);

  /** DiLoCo's, for rounds of many steps. */
  public static final OuterUpdate NESTEROV = new OuterUpdate(0.7, 0.9);

  public OuterUpdate {
    Require.that(rate > 0 && rate <= 10, "the outer rate must be in (0, 10], got " + rate);
    Require.within("outer momentum", momentum, 0, 0.9999);
  }

  /** Whether nothing has to be remembered between rounds. */
  boolean isMean() {
    return equals(MEAN);
  }

  /**
   * Moves {@code mean} to where the round ends.
   *
   * @param before where the round began
   * @param velocity {@code v}, which moves on
   * @param trained which numbers are weights
   */
  void apply(float[] before, float[] mean, float[] velocity, boolean[] trained) {
    for (int i = 0; i < mean.length; i++) {
      if (trained[i]) {
        double d = (double) before[i] - mean[i];
        velocity[i] = (float) (momentum * velocity[i] + d);
        mean[i] = (float) (before[i] - rate * (d + momentum * velocity[i]));
      }
    }
  }
}
