package io.github.nolabel.evaluation;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.api.train.ScheduleConfig;

/**
 * The linear protocol: a linear classifier is trained on the features of a frozen network (Zhang et
 * al. 2016, arXiv 1603.08511). The network stays in inference mode: no weight and no running
 * statistic moves.
 */
public record LinearProbe(
    @Option("Update rule") Algorithm optimizer,
    @Option(value = "Peak learning rate; falls to zero as a cosine", min = 0, max = 1000)
        double learningRate,
    @Option(value = "Weight decay of the classifier's matrix", min = 0, max = 10)
        double weightDecay,
    @Option(value = "Momentum (sgd)", min = 0, max = 0.9999) double momentum,
    @Option(value = "Passes over the labelled images", min = 1, max = 1e6) int epochs,
    @Option(value = "Images per batch; fewer if there are fewer", min = 2, max = 1 << 20)
        int batchSize,
    @Option("How features are scaled first") FeatureScaling scaling,
    @Option("Crop and flip the training images anew in every epoch; slow, embeds each time")
        boolean augment,
    @Option(value = "Smallest share of the image that a crop keeps (augment)", min = 0.01, max = 1)
        double minCropScale,
    @Option(
            value = "Share of the labels to learn from, the same of every class",
            min = 1e-6,
            max = 1,
            aliases = "fine_tuning_data_proportion")
        double fraction,
    @Option(value = "Guesses that the second accuracy allows", min = 1, max = 1e6) int topK,
    @Option(
            value = "Epochs between looks at the test images; the last is looked at anyway",
            min = 1,
            max = 1e6)
        int testEveryEpochs,
    @Option("First weights, order of the images and choice of the share follow from it") long seed)
    implements ProbeProtocol {

  public static final LinearProbe DEFAULTS =
      new LinearProbe(
          Algorithm.ADAM,
          1e-3,
          1e-6,
          0.9,
          100,
          256,
          FeatureScaling.STANDARDISE,
          false,
          0.2,
          1,
          5,
          1,
          0);

  public LinearProbe {
    RecordOptions.check(
        LinearProbe.class,
        optimizer,
        learningRate,
        weightDecay,
        momentum,
        epochs,
        batchSize,
        scaling,
        augment,
        minCropScale,
        fraction,
        topK,
        testEveryEpochs,
        seed);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public ScheduleConfig schedule(long stepsPerEpoch) {
    return ScheduleConfig.DEFAULTS;
  }
}
