package io.github.nolabel.evaluation;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.api.train.ScheduleConfig;

/**
 * The fine-tuning protocol: a copy of the whole network goes on learning, now from labels, under a
 * fresh linear classifier (as in Chen et al. 2020, arXiv 2002.05709, appendix B.8). Batch
 * normalisation is in training mode.
 */
public record FineTuning(
    @Option("Update rule") Algorithm optimizer,
    @Option(value = "Peak learning rate; falls to zero as a cosine", min = 0, max = 1000)
        double learningRate,
    @Option(
            value = "Weight decay of weights; biases, norms and embeddings have none",
            min = 0,
            max = 10)
        double weightDecay,
    @Option(value = "Momentum (sgd)", min = 0, max = 0.9999) double momentum,
    @Option(
            value = "Factor of the learning rate per backbone layer below the classifier",
            min = 1e-6,
            max = 1)
        double layerDecay,
    @Option(value = "Passes over the labelled images", min = 1, max = 1e6) int epochs,
    @Option(value = "Epochs of linear warm-up of the learning rate", min = 0, max = 1e6)
        int warmupEpochs,
    @Option(value = "Images per batch; fewer if there are fewer", min = 2, max = 1 << 20)
        int batchSize,
    @Option("Crop and flip the training images") boolean augment,
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

  public static final FineTuning DEFAULTS =
      new FineTuning(Algorithm.ADAMW, 1e-3, 1e-2, 0.9, 1, 30, 0, 128, true, 0.2, 1, 5, 1, 0);

  public FineTuning {
    RecordOptions.check(
        FineTuning.class,
        optimizer,
        learningRate,
        weightDecay,
        momentum,
        layerDecay,
        epochs,
        warmupEpochs,
        batchSize,
        augment,
        minCropScale,
        fraction,
        topK,
        testEveryEpochs,
        seed);
  }

  @Override
  public String name() {
    return "finetune";
  }

  @Override
  public ScheduleConfig schedule(long stepsPerEpoch) {
    ScheduleConfig usual = ScheduleConfig.DEFAULTS;
    return new ScheduleConfig(
        usual.kind(),
        0,
        warmupEpochs,
        usual.endFactor(),
        usual.power(),
        usual.dropEvery(),
        usual.dropFactor(),
        usual.further());
  }
}
