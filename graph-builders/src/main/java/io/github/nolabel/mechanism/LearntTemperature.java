package io.github.nolabel.mechanism;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * A temperature that is learnt (Radford et al. 2021, arXiv 2103.00020): logits are multiplied by
 * {@code exp(t)}, which stays within bounds after every update. It has no weight decay. Reports
 * {@code temperature = exp(-t)}.
 */
public final class LearntTemperature {

  /** CLIP's largest scale of logits. */
  public static final double LARGEST_SCALE = 100;

  private LearntTemperature() {}

  /**
   * @param start exp(t) at first
   * @param smallest exp(t) is never below
   * @param largest nor above
   * @return float[], exp(t)
   */
  public static Value scale(StepGraph step, double start, double smallest, double largest) {
    Require.within("the temperature's scale", start, smallest, largest);
    Value t =
        step.scope("temperature")
            .bias("log_scale", Shape.of(), Initializer.constant(Math.log(start)));
    step.keepWithin(t, Math.log(smallest), Math.log(largest));
    Value scale = step.ops("temperature").exp(t);
    step.monitor("temperature", step.ops("temperature").reciprocal(scale));
    return scale;
  }
}
