package io.github.nolabel.mechanism;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * The moving mean of a network's outputs, starting at zero (DINO, Caron et al. 2021, arXiv
 * 2104.14294, eq. 4): at the end of every micro-step
 *
 * <pre>
 * center = momentum * center + (1 - momentum) * mean_i( outputs_i )
 * </pre>
 */
public final class RunningCenter {

  private final StepGraph step;
  private final Value center;
  private final double momentum;

  private RunningCenter(StepGraph step, Value center, double momentum) {
    this.step = step;
    this.center = center;
    this.momentum = momentum;
  }

  /**
   * @param momentum in [0, 1]: share of the old centre that stays
   */
  public static RunningCenter of(StepGraph step, String name, int width, double momentum) {
    Require.within("centerMomentum", momentum, 0, 1);
    Value center =
        step.scope(name).memory("mean", Shape.of(width), Sharing.AVERAGED, Initializer.constant(0));
    return new RunningCenter(step, center, momentum);
  }

  /** float[width]: the centre before this step's outputs are seen. */
  public Value value() {
    return center;
  }

  /**
   * Moves the centre towards these rows; called once.
   *
   * @param outputs float[n, width]
   */
  public void observe(Value outputs) {
    Ops g = step.ops("center");
    Value mean = g.reduceMean(outputs, false, 0);
    step.write(center, g.add(g.mul(center, momentum), g.mul(mean, 1 - momentum)));
  }
}
