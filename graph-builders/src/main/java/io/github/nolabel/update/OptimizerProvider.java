package io.github.nolabel.update;

import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.OptimizerConfig;

/**
 * Registers an optimizer with {@link java.util.ServiceLoader}: {@code optimizer.algorithm} is its
 * name; its own options are set by name, as in {@code optimizer.beta1=0.95}.
 *
 * @param <C> its own options, with {@link io.github.nolabel.api.option.Option} on every component
 */
public interface OptimizerProvider<C extends Record> extends NamedService {

  /** What it is, in one line, with its paper. */
  String summary();

  C defaults();

  /**
   * The direction that weights follow, made of the (clipped) gradient.
   *
   * @param config what all optimizers have: momentum, betas
   * @param decay adds the decayed weights to a direction; put it where the paper has it
   */
  UpdateRule rule(OptimizerConfig config, C own, UpdateRule decay);
}
