package io.github.nolabel.api.train;

import io.github.nolabel.api.spi.Option;
import io.github.nolabel.api.spi.RecordOptions;

/** How gradients become updates; options are set as {@code optimizer.NAME}. */
public record OptimizerConfig(
    @Option("Update rule") Algorithm algorithm,
    @Option(value = "Peak learning rate of the schedule", min = 0, max = 1000) double learningRate,
    @Option(
            value = "Weight decay of weights; biases, norms and embeddings have none",
            min = 0,
            max = 10)
        double weightDecay,
    @Option(value = "Momentum (sgd)", min = 0, max = 0.9999) double momentum,
    @Option("Nesterov momentum (sgd)") boolean nesterov,
    @Option(value = "Decay of the first moment (adam, adamw)", min = 0, max = 0.99999) double beta1,
    @Option(value = "Decay of the second moment (adam, adamw)", min = 0, max = 0.99999999)
        double beta2,
    @Option(value = "Added to the denominator (adam, adamw)", min = 1e-16, max = 1) double epsilon,
    @Option(value = "Largest global norm of the gradient; 0 does not clip", min = 0, max = 1e9)
        double clipNorm,
    @Option(value = "Batches whose gradients make one update", min = 1, max = 65536)
        int accumulate) {

  public static final OptimizerConfig DEFAULTS =
      new OptimizerConfig(Algorithm.ADAMW, 1e-3, 1e-4, 0.9, false, 0.9, 0.999, 1e-8, 0, 1);

  public OptimizerConfig {
    RecordOptions.check(
        OptimizerConfig.class,
        algorithm,
        learningRate,
        weightDecay,
        momentum,
        nesterov,
        beta1,
        beta2,
        epsilon,
        clipNorm,
        accumulate);
  }

  /** The update rules there are. */
  public enum Algorithm {
    ADAMW,
    ADAM,
    SGD
  }
}
