package io.github.nolabel.cli.command;

import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.OptionGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code pretrain} that set options; texts, so that all mistakes are told alike. */
final class RunFlags {

  @Parameters(
      arity = "0..1",
      paramLabel = "METHOD",
      description = "How to learn, such as simclr; case and dashes do not matter.")
  private @Nullable String method;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Recipe of the method: small, cifar or imagenet.")
  private @Nullable String preset;

  @Option(
      names = "--data",
      paramLabel = "KIND:PATH",
      description = "Images, such as folder:photos; 'methods' lists the kinds.")
  private @Nullable String data;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "Network, such as resnet18; or onnx:PATH, any ONNX file made trainable.")
  private @Nullable String backbone;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "Safetensors file that a resnet or vit starts from; torchvision's and timm's names.")
  private @Nullable String weights;

  @Option(
      names = "--feature-output",
      paramLabel = "NAME",
      description = "With onnx:PATH, the value to learn on; the file's first output otherwise.")
  private @Nullable String featureOutput;

  @Option(
      names = "--reset-weights",
      description = "With onnx:PATH, keep the architecture and draw the weights anew.")
  private boolean resetWeights;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data.")
  private @Nullable String epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images per batch.")
  private @Nullable String batchSize;

  @Option(names = "--image-size", paramLabel = "PIXELS", description = "Size of the views.")
  private @Nullable String imageSize;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "adamw, adam or sgd.")
  private @Nullable String optimizer;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Its peak.")
  private @Nullable String learningRate;

  @Option(names = "--seed", paramLabel = "N", description = "Everything random follows from it.")
  private @Nullable String seed;

  @Option(names = "--limit", paramLabel = "N", description = "Learn from only so many images.")
  private @Nullable String limit;

  @Option(names = "--device", paramLabel = "NAME", description = "auto, cpu or cuda.")
  private @Nullable String device;

  @Option(names = "--threads", paramLabel = "N", description = "CPU threads of one operator.")
  private @Nullable String threads;

  @Option(names = "--workers", paramLabel = "N", description = "Threads that load images.")
  private @Nullable String workers;

  @Option(
      names = "--decode",
      paramLabel = "HOW",
      description =
          "JPEG files whole, or scaled: no finer than the views need, faster, other values.")
  private @Nullable String decode;

  @Option(
      names = "--init-from",
      paramLabel = "RUN",
      description = "Start with the weights of another run, as far as name and shape agree.")
  private @Nullable String initFrom;

  @Option(
      names = "--knn-every",
      paramLabel = "N",
      description = "Epochs between looks at held-out images' neighbours; 0 never looks.")
  private @Nullable String knnEvery;

  @Option(names = "--strict", description = "End at the first broken image.")
  private boolean strict;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Any option: temperature=0.2, backbone.stem=cifar, optimizer.weightDecay=1e-4,"
              + " schedule.warmupSteps=500, checkpoint.everySteps=1000; 'methods' lists them.")
  private List<String> settings = new ArrayList<>();

  /** What was given, flags before {@code --set}. */
  List<Assignment> assignments() {
    List<Assignment> given = new ArrayList<>();
    add(given, OptionGroup.RUN, "method", method);
    add(given, OptionGroup.RUN, "preset", preset);
    add(given, OptionGroup.RUN, "data", data);
    add(given, OptionGroup.RUN, "backbone", backbone);
    add(given, OptionGroup.BACKBONE, "weights", weights);
    add(given, OptionGroup.BACKBONE, "featureOutput", featureOutput);
    add(given, OptionGroup.BACKBONE, "resetWeights", resetWeights ? "true" : null);
    add(given, OptionGroup.RUN, "epochs", epochs);
    add(given, OptionGroup.RUN, "batchSize", batchSize);
    add(given, OptionGroup.RUN, "imageSize", imageSize);
    add(given, OptionGroup.OPTIMIZER, "algorithm", optimizer);
    add(given, OptionGroup.OPTIMIZER, "learningRate", learningRate);
    add(given, OptionGroup.RUN, "seed", seed);
    add(given, OptionGroup.RUN, "limit", limit);
    add(given, OptionGroup.RUN, "device", device);
    add(given, OptionGroup.RUN, "threads", threads);
    add(given, OptionGroup.RUN, "workers", workers);
    add(given, OptionGroup.RUN, "strict", strict ? "true" : null);
    add(given, OptionGroup.RUN, "decode", decode);
    add(given, OptionGroup.RUN, "initFrom", initFrom);
    add(given, OptionGroup.EVALUATION, "everyEpochs", knnEvery);
    settings.forEach(setting -> given.add(Assignment.parse(setting)));
    return given;
  }

  private static void add(
      List<Assignment> given, OptionGroup group, String option, @Nullable String value) {
    if (value != null) {
      given.add(Assignment.of(group, option, value));
    }
  }
}
