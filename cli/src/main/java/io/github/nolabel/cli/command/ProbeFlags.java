package io.github.nolabel.cli.command;

import io.github.nolabel.runs.plan.Assignment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code evaluate} that set options of protocols. */
final class ProbeFlags {

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the labelled images.")
  private @Nullable String epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images per batch.")
  private @Nullable String batchSize;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "adam, adamw or sgd.")
  private @Nullable String optimizer;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Its peak.")
  private @Nullable String learningRate;

  @Option(
      names = "--fraction",
      paramLabel = "SHARE",
      description = "Learn from this share of the labels, the same of every class, such as 0.1.")
  private @Nullable String fraction;

  @Option(names = "--top-k", paramLabel = "K", description = "Guesses for the second accuracy.")
  private @Nullable String topK;

  @Option(names = "--seed", paramLabel = "N", description = "Of the classifier's training.")
  private @Nullable String seed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any option of a protocol; 'methods linear' lists those of linear.")
  private List<String> settings = new ArrayList<>();

  /** What was given. */
  List<Assignment> assignments() {
    List<Assignment> given = new ArrayList<>();
    add(given, "epochs", epochs);
    add(given, "batchSize", batchSize);
    add(given, "optimizer", optimizer);
    add(given, "learningRate", learningRate);
    add(given, "fraction", fraction);
    add(given, "topK", topK);
    add(given, "seed", seed);
    settings.forEach(setting -> given.add(Assignment.parse(setting)));
    return given;
  }

  private static void add(List<Assignment> given, String option, @Nullable String value) {
    if (value != null) {
      given.add(new Assignment(option, value, ""));
    }
  }
}
