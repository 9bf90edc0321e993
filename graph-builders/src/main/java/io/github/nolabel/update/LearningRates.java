package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.Comparator;
import java.util.Optional;

/** The rate of every parameter: that of the closest scope with one of its own, or the run's. */
record LearningRates(StepGraph step, Schedule base) {

  /** float[], fed every step. */
  Value of(Parameter parameter) {
    Value common = step.scheduled(TrainingProgram.LEARNING_RATE, base);
    return closest(parameter).map(this::own).orElse(common);
  }

  private Optional<String> closest(Parameter parameter) {
    return step.learningRates().keySet().stream()
        .filter(scope -> parameter.name().startsWith(scope + "/"))
        .max(Comparator.comparingInt(String::length));
  }

  private Value own(String scope) {
    String name = TrainingProgram.LEARNING_RATE + "_" + scope.replace('/', '_');
    Schedule schedule = step.learningRates().getOrDefault(scope, same -> same).apply(base);
    return step.scheduled(name, schedule);
  }
}
