package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rate of every parameter: that of the closest scope with one of its own, or the run's; nothing
 * while a scope around it is frozen; times the layer decay once per layer above it.
 */
final class LearningRates {

  private final StepGraph step;
  private final Schedule base;
  private final double layerDecay;
  private final Map<String, Schedule> own = new LinkedHashMap<>();

  LearningRates(StepGraph step, Schedule base, double layerDecay) {
    this.step = step;
    this.base = base;
    this.layerDecay = layerDecay;
    step.learningRates().forEach((scope, ofBase) -> own.put(scope, ofBase.apply(base)));
  }

  /** float[] */
  Value of(Parameter parameter) {
    Ops g = step.ops("update");
    Value common = step.scheduled(TrainingProgram.LEARNING_RATE, base);
    Value rate = closest(parameter).map(this::own).orElse(common);
    for (Map.Entry<String, Long> frozen : step.frozen().entrySet()) {
      if (isIn(frozen.getKey(), parameter)) {
        rate = g.mul(rate, step.scheduled("moves_" + frozen.getKey(), new Thaw(frozen.getValue())));
      }
    }
    double factor = Math.pow(layerDecay, parameter.layersAbove());
    return factor == 1 ? rate : g.mul(rate, factor);
  }

  private Optional<String> closest(Parameter parameter) {
    return own.keySet().stream()
        .filter(scope -> isIn(scope, parameter))
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean isIn(String scope, Parameter parameter) {
    return parameter.name().startsWith(scope + "/");
  }

  private Value own(String scope) {
    return step.scheduled(
        TrainingProgram.LEARNING_RATE + "_" + scope, own.getOrDefault(scope, base));
  }

  /** 0 for the first updates, then 1. */
  private record Thaw(long steps) implements Schedule {

    @Override
    public double at(long step) {
      return step < steps ? 0 : 1;
    }
  }
}
