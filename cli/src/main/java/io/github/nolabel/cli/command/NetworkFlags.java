package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.protocol.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code evaluate} that say which weights of a run are meant. */
final class NetworkFlags {

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "One of the run's checkpoints; the newest unless said otherwise.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "student or teacher; what the method's paper deploys unless said otherwise.")
  private @Nullable String network;

  @Option(
      names = "--cut",
      paramLabel = "NAME",
      description = "Where the network ends; backbone unless said otherwise.")
  private @Nullable String cut;

  @Option(
      names = "--untrained",
      description = "Ask the network as it was before the first step, too.")
  private boolean untrained;

  /**
   * What was named.
   *
   * @param checkpoint that the weights come from; empty for a file
   */
  record Opened(Networks networks, Optional<TrainedRun> run, Optional<Path> checkpoint) {}

  /**
   * @param path folder of a run, or an ONNX file
   * @throws UserMistake if it is neither, or flags do not go with it
   */
  Opened open(Path path, TrainingRuntime runtime) {
    requireOneEnd(network, cut);
    if (!Files.isDirectory(path)) {
      requireFlagsOfFiles(path);
      BackboneFile file = Source.open(path, runtime, BackboneExporter.BACKBONE, null).backbone();
      return new Opened(Networks.of(path, file), Optional.empty(), Optional.empty());
    }
    RunDirectory folder = new RunDirectory(path);
    TrainedRun run = TrainedRun.open(folder, Catalogue.standard());
    SavedState saved = runtime.saved(checkpoint == null ? path : checkpoint);
    Networks.End end = new Networks.End(Optional.ofNullable(network), Optional.ofNullable(cut));
    Networks trained = Networks.of(folder, run, saved, end);
    return new Opened(
        untrained ? trained.withUntrained(runtime) : trained,
        Optional.of(run),
        Optional.of(saved.checkpoint()));
  }

  /**
   * @throws UserMistake if both are given
   */
  static void requireOneEnd(@Nullable String network, @Nullable String cut) {
    if (network != null && cut != null) {
      throw new UserMistake(
          "--network %s and --cut %s: a cut belongs to one network, give one of the two."
              .formatted(network, cut));
    }
  }

  private void requireFlagsOfFiles(Path path) {
    String flag =
        checkpoint != null
            ? "--checkpoint"
            : network != null ? "--network" : cut != null ? "--cut" : "--untrained";
    if (Files.exists(path) && (checkpoint != null || network != null || cut != null || untrained)) {
      throw new UserMistake(
          "%s needs the folder of a run; %s is a file, whose weights are fixed."
              .formatted(flag, path));
    }
  }
}
