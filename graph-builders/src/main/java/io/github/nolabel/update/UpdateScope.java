package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/** What an {@link UpdateRule} sees of the parameter it is applied to. */
public final class UpdateScope {

  private final StepGraph step;
  private final Parameter parameter;

  UpdateScope(StepGraph step, Parameter parameter) {
    this.step = step;
    this.parameter = parameter;
  }

  public Ops ops() {
    return step.ops("update");
  }

  public Parameter parameter() {
    return parameter;
  }

  /** The parameter's value before the update. */
  public Value weight() {
    return parameter.value();
  }

  /**
   * State of the parameter's shape that starts at zero and is checkpointed, such as a moment. Where
   * several workers train, each goes on with the mean over all.
   */
  public Value memory(String name) {
    return step.scope("optimizer/" + name)
        .memory(parameter.name(), weight().shape(), Sharing.AVERAGED, Initializer.constant(0));
  }

  /** Gives a {@link #memory} or the weight its next value, once per update. */
  public void write(Value state, Value next) {
    step.writeOnUpdate(state, next);
  }

  /** {@code next} with every element within the parameter's bounds, where it has some. */
  Value bounded(Value next) {
    StepGraph.Bounds bounds = step.bounds().get(weight());
    return bounds == null ? next : ops().clip(next, bounds.low(), bounds.high());
  }

  /** A float[] that is fed every step with the schedule's value; shared by all parameters. */
  public Value scheduled(String name, Schedule schedule) {
    return step.scheduled("optimizer_" + name, schedule);
  }
}
