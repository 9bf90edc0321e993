package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads checkpoints whose run is over or belongs to somebody else; writes nothing. */
public final class SavedCheckpoints {

  private static final String WAY_OUT = "Name another checkpoint of the run.";
  private static final RunSignature NOBODY = new RunSignature("", Map.of(), Map.of(), 0, "", "");

  private SavedCheckpoints() {}

  /**
   * @param directory of one checkpoint, or of a run, whose newest one is taken
   * @throws CheckpointException if there is none, or it is damaged
   */
  public static SavedState read(Path directory) {
    FileStore files = new LocalFileStore();
    Path checkpoint =
        Files.isRegularFile(directory.resolve(CheckpointStore.MANIFEST))
            ? directory
            : newest(files, directory);
    SavedRun saved = new CheckpointReader(files, checkpoint, WAY_OUT).read();
    return new SavedState(checkpoint, saved.step(), StateFile.read(saved.state()));
  }

  private static Path newest(FileStore files, Path run) {
    return new CheckpointStore(files, run, NOBODY, 1)
        .newest()
        .orElseThrow(
            () ->
                new CheckpointException(
                    "There is no checkpoint in %s: name the folder of a run or of one of its checkpoints."
                        .formatted(run)));
  }
}
