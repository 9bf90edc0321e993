package io.github.nolabel.precision;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Slot;
import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps small gradients within what float16 can tell apart: the loss counts {@code scale} times in
 * the backward pass and its gradients are divided by that. The scale is a power of two. It halves
 * when a gradient is not finite, which also leaves the state as it was, and doubles after {@link
 * #PATIENCE} steps in a row without that (Micikevicius et al. 2018, section 3.2).
 */
public record LossScale() implements Controller {

  static final int FIRST = 16;
  static final int LARGEST = 24;
  static final int PATIENCE = 2000;

  private static final String SCALE = "loss_scale";
  private static final String FACTOR = "loss_factor";
  private static final String EXPONENT = "loss_scale/exponent";
  private static final String GOOD_STEPS = "loss_scale/good_steps";

  /** How often the loss counts in this step, float[]; from now on the step has a scale. */
  public static Value of(StepGraph step) {
    step.control(SCALE, new LossScale());
    Value scale = step.graph().input(FACTOR, Shape.of());
    step.watch(SCALE, scale);
    return scale;
  }

  /** The gradients of the loss itself. */
  public static Map<Parameter, Value> undo(
      GraphBuilder graph, Value scale, Map<Parameter, Value> scaledGradients) {
    Ops g = graph.ops("gradient");
    Map<Parameter, Value> gradients = new LinkedHashMap<>();
    scaledGradients.forEach((p, gradient) -> gradients.put(p, g.div(gradient, scale)));
    return gradients;
  }

  /**
   * Leaves all state as it was in a step that is not {@code finite}.
   *
   * @return whether the step was skipped for it, bool[]; not so at the smallest scale, where what
   *     is not finite is a fault of the run
   */
  public static Value guard(GraphBuilder graph, Value scale, Value finite) {
    Ops g = graph.ops("guard");
    graph.writeOnlyIf(finite);
    return g.and(g.not(finite), g.greater(scale, g.constant(1)));
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot(EXPONENT, FIRST), new Slot(GOOD_STEPS, 0));
  }

  @Override
  public void beforeStep(StepScope scope) {
    scope.feed(FACTOR, Math.scalb(1.0, (int) scope.slot(EXPONENT)));
  }

  @Override
  public void afterStep(StepScope scope) {
    boolean finite = scope.output(TrainingProgram.FINITE) != 0;
    double good = finite ? scope.slot(GOOD_STEPS) + 1 : 0;
    if (!finite) {
      scope.slot(EXPONENT, Math.max(0, scope.slot(EXPONENT) - 1));
    } else if (good == PATIENCE) {
      scope.slot(EXPONENT, Math.min(LARGEST, scope.slot(EXPONENT) + 1));
      good = 0;
    }
    scope.slot(GOOD_STEPS, good);
  }
}
