package io.github.nolabel.update;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Appends the update phase of a step: accumulate, clip, and a chain of rules per parameter.
 *
 * @param learningRate of the run; scopes may have their own (see {@link StepGraph#learningRate})
 * @param weightDecay of the run, if there is any
 * @param known where its name is looked up
 */
public record Optimizer(
    OptimizerConfig config,
    Schedule learningRate,
    Optional<Schedule> weightDecay,
    Optimizers known) {

  /** One of the standard optimizers. */
  public Optimizer(OptimizerConfig config, Schedule learningRate, Optional<Schedule> weightDecay) {
    this(config, learningRate, weightDecay, Optimizers.standard());
  }

  /** The optimizer of a run, with the schedules that its configuration asks for. */
  public static Optimizer of(RunSpec run, Optimizers known) {
    OptimizerConfig config = run.optimizer();
    return new Optimizer(config, run.learningRate(), config.weightDecay(run.steps()), known);
  }

  /**
   * Appends writes for every parameter in {@code gradients}.
   *
   * @return the gradient's global norm before clipping, float[]
   */
  public Value append(StepGraph step, Map<Parameter, Value> gradients) {
    requireLayers(gradients.keySet());
    Map<Parameter, Value> directions = Accumulation.of(step, gradients);
    Value norm = GradientNorm.of(step.ops("update"), directions.values());
    UpdateRule chain = chain(step, norm);
    directions.forEach((p, direction) -> chain.apply(new UpdateScope(step, p), direction));
    step.updateWritten();
    return norm;
  }

  private void requireLayers(Set<Parameter> parameters) {
    Require.that(
        config.layerDecay() == 1 || parameters.stream().anyMatch(p -> p.layersAbove() > 0),
        "layerDecay %s needs a backbone that tells its layers, as the built-in ones do; an imported one does not. Leave layerDecay at 1, or choose a built-in backbone, which can start from trained weights (backbone.weights)."
            .formatted(config.layerDecay()));
  }

  private UpdateRule chain(StepGraph step, Value norm) {
    UpdateRule decay =
        weightDecay
            .<UpdateRule>map(rate -> new DecayWeights(rate, config.decayEmbeddings()))
            .orElseGet(UpdateRule::identity);
    UpdateRule rule = known.rule(config, decay);
    Descend descend = new Descend(new LearningRates(step, learningRate, config.layerDecay()));
    return clip(step.ops("update"), norm).then(rule).then(descend);
  }

  private UpdateRule clip(Ops g, Value norm) {
    if (config.clipNorm() == 0) {
      return UpdateRule.identity();
    }
    if (config.clipEach()) {
      return this::clipAlone;
    }
    Value factor = GradientNorm.clipFactor(g, norm, config.clipNorm());
    return (parameter, direction) -> parameter.ops().mul(direction, factor);
  }

  private Value clipAlone(UpdateScope parameter, Value direction) {
    Ops g = parameter.ops();
    Value norm = GradientNorm.of(g, List.of(direction));
    return g.mul(direction, GradientNorm.clipFactor(g, norm, config.clipNorm()));
  }
}
