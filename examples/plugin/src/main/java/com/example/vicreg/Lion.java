package com.example.vicreg;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.update.OptimizerProvider;
import io.github.nolabel.update.UpdateRule;
import io.github.nolabel.update.UpdateScope;

/** Lion (Chen et al. 2023, arXiv 2302.06675): the sign of an interpolated momentum. */
public final class Lion implements OptimizerProvider<Lion.Betas> {

  /** Its own options: {@code optimizer.beta1=0.9} and {@code optimizer.beta2=0.99}. */
  public record Betas(
      @Option.Share("Share of the momentum in the direction") double beta1,
      @Option.Share("Share of the momentum that a step leaves") double beta2) {
  }

  @Override
  public String name() {
    return "lion";
  }

  @Override
  public String summary() {
    return "Lion (Chen et al. 2023): the sign of an interpolated momentum";
  }

  @Override
  public Betas defaults() {
    return new Betas(0.9, 0.99);
  }

  @Override
  public UpdateRule rule(OptimizerConfig config, Betas own, UpdateRule decay) {
    UpdateRule sign = (parameter, gradient) -> sign(parameter, gradient, own);
    return sign.then(decay);
  }

  private static Value sign(UpdateScope parameter, Value gradient, Betas own) {
    Ops g = parameter.ops();
    Value momentum = parameter.memory("lion");
    parameter.write(momentum, mix(g, momentum, gradient, own.beta2()));
    return g.sign(mix(g, momentum, gradient, own.beta1()));
  }

  private static Value mix(Ops g, Value momentum, Value gradient, double share) {
    return g.add(g.mul(momentum, share), g.mul(gradient, 1 - share));
  }
}
