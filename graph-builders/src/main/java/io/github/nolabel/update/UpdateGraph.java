package io.github.nolabel.update;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The update phase of one graph. With gradient accumulation every write takes effect only at the
 * micro-step that ends an update, and gradients are summed until then.
 */
final class UpdateGraph {

  private final GraphBuilder builder;
  private final int accumulate;
  private final Ops ops;
  private final Map<String, Controller> controllers = new LinkedHashMap<>();

  UpdateGraph(GraphBuilder builder, int accumulate) {
    this.builder = builder;
    this.accumulate = accumulate;
    this.ops = builder.ops("update");
  }

  GraphBuilder builder() {
    return builder;
  }

  Ops ops() {
    return ops;
  }

  List<Controller> controllers() {
    return List.copyOf(controllers.values());
  }

  Value scheduled(String name, Schedule schedule) {
    controllers.putIfAbsent(name, new ScheduledInput(name, schedule));
    return builder.input(name, Shape.of());
  }

  void write(Value state, Value next) {
    builder.write(state, accumulate == 1 ? next : ops.where(apply(), next, state));
  }

  /** The mean gradient of the update so far; kept until the update ends. */
  Value accumulated(Parameter parameter, Value gradient) {
    if (accumulate == 1) {
      return gradient;
    }
    Value sum =
        builder
            .scope("optimizer/accumulated")
            .memory(parameter.name(), gradient.shape(), Initializer.constant(0));
    Value next = ops.add(sum, ops.mul(gradient, 1.0 / accumulate));
    builder.write(sum, ops.where(apply(), ops.zerosLike(next), next));
    return next;
  }

  private Value apply() {
    return builder.input(TrainingProgram.APPLY, ElementType.BOOL, Shape.of());
  }
}
