package io.github.nolabel.update;

import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import java.util.List;
import java.util.function.BiFunction;

/** An optimizer of this library; its options are those that all have. */
record ShippedOptimizer(
    String name, String summary, BiFunction<OptimizerConfig, UpdateRule, UpdateRule> chain)
    implements OptimizerProvider<NoOptions> {

  static final List<ShippedOptimizer> ALL =
      List.of(
          new ShippedOptimizer(
              Algorithm.ADAMW.name(),
              "AdamW (Loshchilov and Hutter 2019)",
              (config, decay) -> adam(config).then(decay)),
          new ShippedOptimizer(
              Algorithm.ADAM.name(),
              "Adam (Kingma and Ba 2015)",
              (config, decay) -> decay.then(adam(config))),
          new ShippedOptimizer(
              Algorithm.SGD.name(),
              "gradient descent with momentum",
              (config, decay) -> decay.then(momentum(config))),
          new ShippedOptimizer(
              Algorithm.LARS.name(),
              "LARS (You et al. 2017)",
              (config, decay) ->
                  decay.then(new ScaleByTrustRatio(config.trustRatio())).then(momentum(config))));

  private static UpdateRule adam(OptimizerConfig config) {
    return new ScaleByAdam(config.beta1(), config.beta2(), config.epsilon());
  }

  private static UpdateRule momentum(OptimizerConfig config) {
    return new Momentum(config.momentum(), config.nesterov());
  }

  @Override
  public NoOptions defaults() {
    return NoOptions.DEFAULTS;
  }

  @Override
  public UpdateRule rule(OptimizerConfig config, NoOptions own, UpdateRule decay) {
    return chain.apply(config, decay);
  }
}
