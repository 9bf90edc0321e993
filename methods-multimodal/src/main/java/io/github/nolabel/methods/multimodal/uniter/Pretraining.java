package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.uniter.UniterPass.Outcome;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A step of the tasks: one that is drawn, or all of them. */
record Pretraining(StepGraph step, UniterPass pass, Captions captions, Regions regions) {

  Value loss(UniterConfig.Tasks tasks) {
    return switch (tasks) {
      case RANDOM -> drawn();
      case ALL -> all();
    };
  }

  private Value drawn() {
    Ops g = pass.g();
    Value number = Task.draw(g, pass.key(), tasks().size());
    step.monitor("task", g.cast(number, ElementType.FLOAT));
    Map<Task, Outcome> outcomes = pass.apply(captions, regions, number);
    Value loss = g.constant(0);
    for (Task task : tasks()) {
      Outcome outcome = of(outcomes, task);
      Value drawn = task.is(g, number);
      sorted(outcome).forEach((name, value) -> RecentMean.report(step, name, value, drawn));
      loss = g.where(drawn, outcome.loss(), loss);
    }
    return loss;
  }

  private Value all() {
    Ops g = pass.g();
    Value loss = g.constant(0);
    for (Task task : tasks()) {
      Outcome outcome = of(pass.apply(captions, regions, task.number(g)), task);
      sorted(outcome).forEach(step::monitor);
      loss = g.add(loss, outcome.loss());
    }
    return loss;
  }

  private List<Task> tasks() {
    return pass.config().trained();
  }

  private static Outcome of(Map<Task, Outcome> outcomes, Task task) {
    return Objects.requireNonNull(outcomes.get(task));
  }

  /** In an order that does not change from run to run. */
  private static Map<String, Value> sorted(Outcome outcome) {
    return new TreeMap<>(outcome.numbers());
  }
}
