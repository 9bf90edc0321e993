package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What training artifacts are asked for. */
final class ArtifactFlags {

  @Option(
      names = "--artifacts",
      paramLabel = "FOLDER",
      description =
          "What ONNX Runtime's own training API needs to go on training, in any language.")
  private @Nullable Path folder;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Of the artifacts: adamw, adam or sgd; the run's unless said otherwise.")
  private @Nullable String optimizer;

  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /**
   * @throws UserMistake if the folder cannot be written to, or no artifacts have that optimizer
   */
  void check() {
    if (folder != null) {
      OutputFiles.requireFolder(folder.toAbsolutePath().normalize(), folder);
    } else if (optimizer != null) {
      throw new UserMistake("--optimizer is for --artifacts; an exported backbone has none.");
    }
  }

  /**
   * The run's optimizer, or the one asked for without what ONNX Runtime lacks.
   *
   * @throws UserMistake if there is no such optimizer
   */
  OptimizerConfig optimizer(OptimizerConfig ofRun) {
    if (optimizer == null) {
      return ofRun;
    }
    OptimizerConfig asked = RecordOptions.override(ofRun, Map.of("algorithm", optimizer));
    Map<String, String> without = new LinkedHashMap<>();
    if (!asked.algorithm().equals(Algorithm.ADAMW)) {
      without.put("weightDecay", "0");
      without.put("weightDecayEnd", "-1");
    }
    if (asked.algorithm().equals(Algorithm.SGD)) {
      without.put("momentum", "0");
    }
    return RecordOptions.override(asked, without);
  }
}
