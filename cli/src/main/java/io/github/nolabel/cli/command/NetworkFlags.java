package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Whose weights are known. */
  record Opened(Optional<TrainedRun> run, Optional<SavedState> saved, Optional<BackboneFile> file) {

    Optional<Path> checkpoint() {
      return saved.map(SavedState::checkpoint);
    }
  }

  /**
   * @param path folder of a run, or an ONNX file
   * @throws UserMistake if it is neither, or flags do not go with it
   */
  Opened open(Path path, TrainingRuntime runtime) {
    requireOneEnd(network, cut);
    if (!Files.isDirectory(path)) {
      requireFlagsOfFiles(path);
      BackboneFile file = Source.open(path, runtime, BackboneExporter.BACKBONE, null).backbone();
      return new Opened(Optional.empty(), Optional.empty(), Optional.of(file));
    }
    TrainedRun run = TrainedRun.open(new RunDirectory(path), Catalogue.standard());
    SavedState saved = runtime.saved(checkpoint == null ? path : checkpoint);
    return new Opened(Optional.of(run), Optional.of(saved), Optional.empty());
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

  /** The networks to ask, the trained one first. */
  List<Subject> subjects(Opened opened, String protocol) {
    if (opened.run().isEmpty()) {
      requireFrozen(protocol);
      return opened.file().map(Subject::of).stream().toList();
    }
    TrainedRun run = opened.run().orElseThrow();
    SavedState saved = opened.saved().orElseThrow();
    String end = end(run, protocol);
    List<Subject> subjects = new ArrayList<>();
    subjects.add(Subject.of(Subject.TRAINED, run, saved.state(), saved.step(), end));
    if (untrained) {
      subjects.add(Subject.of(Subject.UNTRAINED, run, run.untrained(), 0, end));
    }
    return subjects;
  }

  /**
   * The towers to ask, by network, the trained one first.
   *
   * @throws UserMistake if it is a file, or the run's method has none
   */
  Map<String, Towers> towers(Path path, Opened opened, TrainingRuntime runtime) {
    TrainedRun run =
        opened
            .run()
            .orElseThrow(
                () ->
                    new UserMistake(
                        "%s is one file; images and texts need the folder of a run."
                            .formatted(path)));
    RunDirectory folder = new RunDirectory(path);
    Map<String, Towers> towers = new LinkedHashMap<>();
    towers.put(Subject.TRAINED, Towers.open(run, opened.saved().orElseThrow(), folder, runtime));
    if (untrained) {
      towers.put(Subject.UNTRAINED, Towers.untrained(run, folder, runtime));
    }
    return towers;
  }

  private static void requireFrozen(String protocol) {
    if (protocol.equals(Protocols.FINETUNE)) {
      throw new UserMistake(
          "Fine-tuning needs the folder of a run; the weights of an exported file are fixed.");
    }
  }

  private String end(TrainedRun run, String protocol) {
    if (cut != null) {
      return cut;
    }
    Map<String, String> networks = run.method().exporter().networks();
    String deployed = networks.keySet().iterator().next();
    String backbone = backbone(networks, network);
    boolean isDeployed = backbone.equals(networks.get(deployed));
    return protocol.equals(Protocols.FINETUNE) && isDeployed
        ? run.method().classifiers().defaultCut()
        : backbone;
  }

  /**
   * The cut that is a network's backbone.
   *
   * @param networks their cuts, first what the method's paper deploys
   * @param network the first if null
   */
  static String backbone(Map<String, String> networks, @Nullable String network) {
    String wanted =
        network == null ? networks.keySet().iterator().next() : Suggestions.fold(network);
    if (!networks.containsKey(wanted)) {
      throw new UserMistake(
          "The run has no network '%s'.%s Networks: %s."
              .formatted(
                  network,
                  Suggestions.didYouMean(wanted, networks.keySet()),
                  String.join(", ", networks.keySet())));
    }
    return networks.getOrDefault(wanted, BackboneExporter.BACKBONE);
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
