package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trained backbone, from a run or from an exported file.
 *
 * @param checkpoint that the weights come from; empty for a file
 */
record Source(BackboneFile backbone, Optional<TrainedRun> run, Optional<Path> checkpoint) {

  /**
   * @param path folder of a run, or an ONNX file
   * @throws UserMistake if it is neither
   */
  static Source open(Path path, TrainingRuntime runtime, String cut, @Nullable Path checkpoint) {
    if (Files.isDirectory(path)) {
      return ofRun(path, runtime, cut, checkpoint);
    }
    if (!Files.exists(path)) {
      throw new UserMistake(
          "%s does not exist; expected the folder of a run or an ONNX file.".formatted(path));
    }
    return new Source(BackboneFile.read(path, runtime), Optional.empty(), Optional.empty());
  }

  static Source ofRun(Path folder, TrainingRuntime runtime, String cut, @Nullable Path checkpoint) {
    TrainedRun run = TrainedRun.open(new RunDirectory(folder), Catalogue.standard());
    SavedState saved = runtime.saved(checkpoint == null ? folder : checkpoint);
    return new Source(run.export(saved, cut), Optional.of(run), Optional.of(saved.checkpoint()));
  }
}
