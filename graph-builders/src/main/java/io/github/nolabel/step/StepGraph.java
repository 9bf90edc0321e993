package io.github.nolabel.step;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One training step as a method, its mechanisms and the optimizer put it together: the graph, the
 * controllers that feed it, and what is reported of it. The graph half and the Java half of a
 * mechanism are declared here in one place.
 */
public final class StepGraph {

  private final GraphBuilder builder;
  private final int accumulate;
  private final Map<String, Controller> controllers = new LinkedHashMap<>();
  private final Map<String, Value> monitors = new LinkedHashMap<>();
  private final Set<String> watched = new LinkedHashSet<>();
  private final Map<String, UnaryOperator<Schedule>> learningRates = new LinkedHashMap<>();
  private final Map<String, Long> frozen = new LinkedHashMap<>();
  private final Map<Value, Bounds> bounds = new LinkedHashMap<>();
  private final List<Runnable> afterUpdate = new ArrayList<>();

  /**
   * @param accumulate micro-steps that make one update
   */
  public StepGraph(GraphBuilder builder, int accumulate) {
    this.builder = builder;
    this.accumulate = accumulate;
  }

  public GraphBuilder graph() {
    return builder;
  }

  public int accumulate() {
    return accumulate;
  }

  /** See {@link GraphBuilder#scope}. */
  public Scope scope(String name) {
    return builder.scope(name);
  }

  /** See {@link GraphBuilder#ops}. */
  public Ops ops(String path) {
    return builder.ops(path);
  }

  /** What a batch holds of {@code input}, fed under its name; of the type and shape of its spec. */
  public Value input(Input input) {
    TensorSpec spec = input.spec();
    return builder.input(spec.name(), spec.type(), spec.shape());
  }

  /** A batch of looks at the images, float[N, ...], fed under the view's name. */
  public Value view(String name, Shape shape) {
    return builder.input(name, shape);
  }

  /**
   * A float[] that is fed every step with the schedule's value; asking again with an equal schedule
   * returns the same.
   */
  public Value scheduled(String name, Schedule schedule) {
    control(name, new ScheduledInput(name, schedule));
    return builder.input(name, Shape.of());
  }

  /**
   * Has {@code controller} run around every step; asking again for an equal one changes nothing.
   */
  public void control(String name, Controller controller) {
    Controller earlier = controllers.putIfAbsent(name, controller);
    if (earlier != null && !earlier.equals(controller)) {
      throw new IllegalStateException(
          "'%s' is controlled twice, in different ways. Share one schedule, or choose another name."
              .formatted(name));
    }
  }

  /** Gives {@code state} a new value at the end of every micro-step. */
  public void write(Value state, Value next) {
    builder.write(state, next);
  }

  /** Gives {@code state} a new value once per update: at its last micro-step. */
  public void writeOnUpdate(Value state, Value next) {
    builder.write(state, onUpdate(next, state));
  }

  /** {@code then} at the micro-step that ends an update, {@code otherwise} before. */
  public Value onUpdate(Value then, Value otherwise) {
    if (accumulate == 1) {
      return then;
    }
    Value apply = builder.input(TrainingProgram.APPLY, ElementType.BOOL, Shape.of());
    return builder.ops("update").where(apply, then, otherwise);
  }

  /** Appends {@code part} once the optimizer has given the weights their next values. */
  public void afterUpdate(Runnable part) {
    afterUpdate.add(part);
  }

  /** Ends the update phase: appends what waits for it. */
  public void updateWritten() {
    afterUpdate.forEach(Runnable::run);
  }

  /** Reports a float[] of every step under {@code name}: in the log, to listeners and alarms. */
  public void monitor(String name, Value value) {
    monitors.put(name, builder.ops("monitor").detach(value));
  }

  /**
   * As {@link #monitor}, but no part of what a checkpoint belongs to: for numbers that are added
   * after the first release, so that earlier checkpoints can still be resumed.
   */
  public void watch(String name, Value value) {
    monitors.put(name, builder.ops("watch").detach(value));
    watched.add(name);
  }

  /**
   * Gives the parameters under {@code scope} a learning rate of their own, made of the run's. Of
   * scopes that lie in each other the innermost counts.
   */
  public void learningRate(String scope, UnaryOperator<Schedule> ofBase) {
    if (learningRates.putIfAbsent(scope, ofBase) != null) {
      throw new IllegalStateException("'" + scope + "' is given two learning rates.");
    }
  }

  /**
   * Leaves the parameters under {@code scope} as they are for the first {@code steps} updates,
   * whatever their learning rate is.
   */
  public void freeze(String scope, long steps) {
    if (steps > 0) {
      frozen.merge(scope, steps, Math::max);
    }
  }

  /** Whatever an update does to {@code parameter}, its elements stay within the bounds. */
  public void keepWithin(Value parameter, double low, double high) {
    bounds.put(parameter, new Bounds(low, high));
  }

  /** What {@link #keepWithin} was told. */
  public Map<Value, Bounds> bounds() {
    return Collections.unmodifiableMap(bounds);
  }

  /** The smallest and the largest value of a parameter's elements. */
  public record Bounds(double low, double high) {}

  /** Learning rates by scope, besides the run's. */
  public Map<String, UnaryOperator<Schedule>> learningRates() {
    return Collections.unmodifiableMap(learningRates);
  }

  /** Updates during which a scope stays as it is. */
  public Map<String, Long> frozen() {
    return Collections.unmodifiableMap(frozen);
  }

  public List<Controller> controllers() {
    return List.copyOf(controllers.values());
  }

  /** What is reported of every step, by name. */
  public Map<String, Value> monitors() {
    return Collections.unmodifiableMap(monitors);
  }

  /** The names among {@link #monitors} that {@link #watch} reports. */
  public Set<String> watched() {
    return Collections.unmodifiableSet(watched);
  }
}
