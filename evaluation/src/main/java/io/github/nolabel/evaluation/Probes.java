package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.export.LinearClassifierProvider;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * Trains classifiers to see what a network has learnt, through the engine that trained it. The
 * network that is asked about is only read: whatever is trained is a copy, kept in memory and in a
 * temporary folder that is gone afterwards.
 */
public final class Probes {

  /** Rows of features that are tested at once. */
  private static final int TEST_ROWS = 1024;

  private final LinearClassifierProvider linear;
  private final TrainingRuntime runtime;
  private final DeviceSettings device;

  /** Probes whose linear classifier is the one that this library's class loader sees. */
  public static Probes on(TrainingRuntime runtime, DeviceSettings device) {
    return on(runtime, device, Probes.class.getClassLoader());
  }

  /** Probes whose linear classifier is the one that {@code loader} sees. */
  public static Probes on(TrainingRuntime runtime, DeviceSettings device, ClassLoader loader) {
    return new Probes(
        NamedServices.index(
                "linear classifier", ServiceLoader.load(LinearClassifierProvider.class, loader))
            .require("linear"),
        runtime,
        device);
  }

  public Probes(LinearClassifierProvider linear, TrainingRuntime runtime, DeviceSettings device) {
    this.linear = linear;
    this.runtime = runtime;
    this.device = device;
  }

  /** A network to fine-tune: how to build it, its weights, and the run that made them. */
  public record Network(
      ClassifierBuilder builder, Map<String, Tensor> state, String cut, RunSpec run) {}

  /** Images that are embedded at once. */
  public static int batchSize(Preprocessing preprocessing) {
    return preprocessing.size() < 96 ? 256 : 32;
  }

  /**
   * The linear protocol.
   *
   * @param backbone maps images to features
   * @param watcher is told after every epoch that is tested
   * @return the test after the last epoch
   * @throws io.github.nolabel.api.UserMistake if there are too few images or classes
   * @throws io.github.nolabel.api.train.TrainingDivergedException if the loss leaves the finite
   *     numbers
   */
  public Classification linear(
      OnnxModel backbone,
      Preprocessing preprocessing,
      ClassificationTask task,
      LinearProbe options,
      Consumer<ProbeEpoch> watcher) {
    ClassificationTask chosen = chosen(task, options);
    InputPlan views = options.inputs(preprocessing);
    try (Embedder embedder = runtime.embedder(backbone, device)) {
      Frozen frozen = new Frozen(embedder, views, batchSize(preprocessing));
      FeatureMatrix plain = frozen.plain(chosen.training());
      UnaryOperator<FeatureMatrix> scaling = options.scaling().fit(plain);
      FeatureMatrix scaled = scaling.apply(plain);
      LongFunction<FeatureMatrix> features =
          options.augment()
              ? epoch -> scaling.apply(frozen.augmented(chosen.training(), options.seed(), epoch))
              : epoch -> scaled;
      FeatureMatrix test = scaling.apply(frozen.plain(chosen.test()));
      RunSpec run = run(options, chosen, "linear", Map.of(), preprocessing.size());
      TrainingRecipe recipe = linear.classifier(plain.width(), classes(chosen), views, run);
      BatchSource batches =
          new FeatureBatches(features, chosen.training().labels(), run.batchSize(), options.seed());
      return new ProbeRun(runtime, device, options, run, watcher)
          .train(recipe, batches, chosen.test(), test.batches(TEST_ROWS));
    }
  }

  /** The fine-tuning protocol; otherwise as {@link #linear}. */
  public Classification fineTuned(
      Network network, ClassificationTask task, FineTuning options, Consumer<ProbeEpoch> watcher) {
    ClassificationTask chosen = chosen(task, options);
    Preprocessing preprocessing = network.builder().preprocessing();
    InputPlan views = options.inputs(preprocessing);
    RunSpec before = network.run();
    RunSpec run =
        run(options, chosen, before.backbone(), before.backboneOptions(), before.imageSize());
    TrainingRecipe recipe =
        network.builder().fineTuning(network.state(), network.cut(), classes(chosen), views, run);
    BatchSource batches = chosen.training().batches(views, run.batchSize(), options.seed());
    return new ProbeRun(runtime, device, options, run, watcher)
        .train(
            recipe,
            batches,
            chosen.test(),
            chosen.test().plain(preprocessing, batchSize(preprocessing)));
  }

  private static ClassificationTask chosen(ClassificationTask task, ProbeProtocol options) {
    ClassificationTask chosen =
        options.fraction() == 1 ? task : task.withShare(options.fraction(), options.seed());
    long classes = chosen.training().labels().stream().distinct().count();
    String share =
        options.fraction() == 1
            ? ""
            : " The fraction %s of %,d images leaves no more, and 1 takes all: raise the fraction."
                .formatted(options.fraction(), task.training().size());
    Require.that(
        classes >= 2,
        "A classifier needs images of two classes at least to learn from, got %d with %d %s.%s"
            .formatted(
                chosen.training().size(), classes, classes == 1 ? "class" : "classes", share));
    Require.that(chosen.test().size() > 0, "There is no labelled image to test on.");
    return chosen;
  }

  private static int classes(ClassificationTask task) {
    return task.training().classes().size();
  }

  private static RunSpec run(
      ProbeProtocol options,
      ClassificationTask task,
      String backbone,
      Map<String, String> backboneOptions,
      int imageSize) {
    int batchSize = Math.min(options.batchSize(), task.training().size());
    long stepsPerEpoch = task.training().size() / batchSize;
    return new RunSpec(
        backbone,
        backboneOptions,
        imageSize,
        batchSize,
        options.epochs() * stepsPerEpoch,
        stepsPerEpoch,
        options.seed(),
        options.optimizerConfig(),
        options.schedule(stepsPerEpoch));
  }

  /** A network that does not change, and how images are shown to it. */
  private record Frozen(Embedder embedder, InputPlan views, int batchSize) {

    FeatureMatrix plain(LabelledImages images) {
      return FeatureMatrix.embed(embedder, images.plain(views.evaluation(), batchSize));
    }

    FeatureMatrix augmented(LabelledImages images, long seed, long epoch) {
      return FeatureMatrix.embed(embedder, images.augmented(views, seed, epoch, batchSize));
    }
  }
}
