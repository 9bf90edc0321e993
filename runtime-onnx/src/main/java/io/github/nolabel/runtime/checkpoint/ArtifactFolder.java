package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingArtifacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that ONNX Runtime's own training API loads. */
public final class ArtifactFolder {

  private ArtifactFolder() {}

  /**
   * Each file appears whole or not at all; the checkpoint comes last.
   *
   * @throws CheckpointException if the folder cannot be written to, or the state exceeds 2 GB
   */
  public static void write(TrainingArtifacts artifacts, Path folder) {
    Map<String, ByteBuffer> contents = new LinkedHashMap<>();
    contents.put(TrainingArtifacts.TRAINING, ByteBuffer.wrap(artifacts.training().bytes()));
    contents.put(TrainingArtifacts.EVALUATION, ByteBuffer.wrap(artifacts.evaluation().bytes()));
    contents.put(TrainingArtifacts.OPTIMIZER, ByteBuffer.wrap(artifacts.optimizer().bytes()));
    contents.put(TrainingArtifacts.CHECKPOINT, checkpoint(artifacts.state()));
    write(contents, folder, new LocalFileStore());
  }

  static ByteBuffer checkpoint(List<StateTensor> state) {
    return new StateFile(source(state, true), source(state, false)).whole();
  }

  private static StateSource source(List<StateTensor> state, boolean trained) {
    return StateSource.initial(state.stream().filter(t -> t.trained() == trained).toList());
  }

  static void write(Map<String, ByteBuffer> contents, Path folder, FileStore files) {
    try {
      files.createFolders(folder);
      for (Map.Entry<String, ByteBuffer> file : contents.entrySet()) {
        replace(folder, file.getKey(), file.getValue(), files);
      }
    } catch (IOException e) {
      throw FileFaults.unusable("The training artifacts cannot be written", folder, e);
    }
  }

  private static void replace(Path folder, String name, ByteBuffer contents, FileStore files)
      throws IOException {
    String unfinished = "." + name + ".tmp";
    if (files.names(folder).contains(unfinished)) {
      files.delete(folder.resolve(unfinished));
    }
    files.writeDurably(folder.resolve(unfinished), sink -> sink.put(contents));
    files.commit(folder.resolve(unfinished), folder.resolve(name));
  }
}
