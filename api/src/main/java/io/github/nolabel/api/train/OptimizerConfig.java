package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.OpenChoice;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import java.util.List;
import java.util.Optional;

/** How gradients become updates; options are set as {@code optimizer.NAME}. */
public record OptimizerConfig(
    @Option("Update rule; plug-ins add to them") Algorithm algorithm,
    @Option(value = "Peak learning rate of the schedule", min = 0, max = 1000) double learningRate,
    @Option("How the learning rate grows with the images per update, counted from 256")
        BatchScaling batchScaling,
    @Option(
            value = "Weight decay of weights; biases, norms and embeddings have none",
            min = 0,
            max = 10)
        double weightDecay,
    @Option(
            value =
                "Weight decay at the end of a half cosine; -1, and weightDecay set alone, is constant",
            min = -1,
            max = 10)
        double weightDecayEnd,
    @Option("Positions, class tokens and other embeddings decay as weights do")
        boolean decayEmbeddings,
    @Option(value = "Momentum (sgd, lars)", min = 0, max = 0.9999) double momentum,
    @Option("Nesterov momentum (sgd, lars)") boolean nesterov,
    @Option(value = "Share of its length that a weight moves at rate 1 (lars)", min = 1e-9, max = 1)
        double trustRatio,
    @Option(value = "Decay of the first moment (adam, adamw)", min = 0, max = 0.99999) double beta1,
    @Option(value = "Decay of the second moment (adam, adamw)", min = 0, max = 0.99999999)
        double beta2,
    @Option(value = "Added to the denominator (adam, adamw)", min = 1e-16, max = 1) double epsilon,
    @Option(value = "Largest global norm of the gradient; 0 does not clip", min = 0, max = 1e9)
        double clipNorm,
    @Option("Clip the gradient of every tensor by its own norm instead of the global one")
        boolean clipEach,
    @Option(
            value =
                "Batches whose gradients make one update; negatives, batch norm, queues and"
                    + " assignments see one batch at a time, unless jointBatch is set",
            min = 1,
            max = 65536)
        int accumulate,
    @Option(
            "Losses, queues and assignments see all images of an update at once, though networks see a batch at a time; costs one more forward pass")
        boolean jointBatch,
    @Option(
            value =
                "Factor of the learning rate per layer, from a backbone's last one down; 1 is none",
            min = 1e-6,
            max = 1)
        double layerDecay,
    @Option(
            value =
                "Multiply in float16, keep weights, statistics and losses in float32; the loss is scaled so that gradients fit (for CUDA)",
            aliases = "mixed_precision_training")
        boolean mixedPrecision,
    @Option("Options of a plug-in's algorithm, as name=value with blanks between; or none")
        String further) {

  public static final OptimizerConfig DEFAULTS =
      new OptimizerConfig(
          Algorithm.ADAMW,
          1e-3,
          BatchScaling.NONE,
          1e-4,
          -1,
          false,
          0.9,
          false,
          0.001,
          0.9,
          0.999,
          1e-8,
          0,
          false,
          1,
          false,
          1,
          false,
          Further.NONE);

  public OptimizerConfig {
    RecordOptions.check(
        OptimizerConfig.class,
        algorithm,
        learningRate,
        batchScaling,
        weightDecay,
        weightDecayEnd,
        decayEmbeddings,
        momentum,
        nesterov,
        trustRatio,
        beta1,
        beta2,
        epsilon,
        clipNorm,
        clipEach,
        accumulate,
        jointBatch,
        layerDecay,
        mixedPrecision,
        further);
    Require.that(
        !(jointBatch && mixedPrecision),
        "optimizer.jointBatch and optimizer.mixedPrecision cannot be set together: the gradient of a joint batch is computed in float32. Leave one of them out.");
  }

  /**
   * The same with one option changed, such as {@code with("learningRate", 1e-3)}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such option or value
   */
  public OptimizerConfig with(String option, Object value) {
    return RecordOptions.with(this, option, value);
  }

  /** The peak learning rate for updates of {@code images} images. */
  public double peakRate(long images) {
    double ratio = images / 256.0;
    return switch (batchScaling) {
      case NONE -> learningRate;
      case LINEAR -> learningRate * ratio;
      case SQRT -> learningRate * Math.sqrt(ratio);
    };
  }

  /** Weight decay over a run; empty if there never is any. */
  public Optional<Schedule> weightDecay(long steps) {
    if (weightDecayEnd >= 0) {
      return Optional.of(Schedule.cosine(weightDecay, weightDecayEnd, steps));
    }
    return weightDecay == 0 ? Optional.empty() : Optional.of(Schedule.constant(weightDecay));
  }

  /** An update rule by name; {@code optimizer} plug-ins have further ones. */
  public static final class Algorithm extends OpenChoice {

    private static final List<String> SHIPPED = List.of("adamw", "adam", "sgd", "lars");

    public static final Algorithm ADAMW = new Algorithm("adamw");
    public static final Algorithm ADAM = new Algorithm("adam");
    public static final Algorithm SGD = new Algorithm("sgd");
    public static final Algorithm LARS = new Algorithm("lars");

    private Algorithm(String name) {
      super(name, SHIPPED);
    }

    public static Algorithm named(String name) {
      return new Algorithm(name);
    }
  }

  /** The rules for larger batches. */
  public enum BatchScaling {
    NONE,
    LINEAR,
    SQRT
  }
}
