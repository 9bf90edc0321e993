package io.github.nolabel.update;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends the update phase of a step: accumulate, clip, and a chain of rules per parameter. */
public record Optimizer(OptimizerConfig config, Schedule learningRate) {

  /**
   * What the update phase offers the rest of the step.
   *
   * @param gradientNorm float[], before clipping
   * @param controllers that feed the inputs it declared
   */
  public record Update(Value gradientNorm, List<Controller> controllers) {}

  /** Appends writes for every parameter in {@code gradients}. */
  public Update append(GraphBuilder builder, Map<Parameter, Value> gradients) {
    UpdateGraph graph = new UpdateGraph(builder, config.accumulate());
    Map<Parameter, Value> directions = new LinkedHashMap<>();
    gradients.forEach((p, gradient) -> directions.put(p, graph.accumulated(p, gradient)));
    Value norm = GradientNorm.of(graph.ops(), directions.values());
    UpdateRule chain = chain(graph, norm);
    directions.forEach((p, direction) -> chain.apply(new UpdateScope(graph, p), direction));
    return new Update(norm, graph.controllers());
  }

  private UpdateRule chain(UpdateGraph graph, Value norm) {
    Value rate = graph.scheduled(TrainingProgram.LEARNING_RATE, learningRate);
    UpdateRule decay = new DecayWeights(config.weightDecay());
    UpdateRule adam = new ScaleByAdam(config.beta1(), config.beta2(), config.epsilon());
    UpdateRule rule =
        switch (config.algorithm()) {
          case ADAMW -> adam.then(decay);
          case ADAM -> decay.then(adam);
          case SGD -> decay.then(new Momentum(config.momentum(), config.nesterov()));
        };
    return clip(graph, norm).then(rule).then(new Descend(rate));
  }

  private UpdateRule clip(UpdateGraph graph, Value norm) {
    if (config.clipNorm() == 0) {
      return UpdateRule.identity();
    }
    Value factor = GradientNorm.clipFactor(graph.ops(), norm, config.clipNorm());
    return (parameter, direction) -> parameter.ops().mul(direction, factor);
  }
}
