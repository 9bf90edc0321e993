package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.OutputFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies where in the folder of a run. */
public record RunDirectory(Path root) {

  public Path record() {
    return root.resolve("run.json");
  }

  public Path result() {
    return root.resolve("result.json");
  }

  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  public Path tensorBoard() {
    return root.resolve("tensorboard");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path backbone() {
    return network(BackboneExporter.BACKBONE);
  }

  /** What makes tokens of texts, for runs that read some. */
  public Path tokenizer() {
    return root.resolve("tokenizer.json");
  }

  /**
   * A network that the run exports, such as {@code image.onnx}.
   *
   * @param cut where it ends, such as {@link BackboneExporter#IMAGE}
   */
  public Path network(String cut) {
    return root.resolve(cut + ".onnx");
  }

  /** Copies of the files that the backbone was made from. */
  public Path source() {
    return root.resolve("source");
  }

  /** What a protocol found, such as {@code evaluation-linear} with {@code .json}. */
  public Path evaluation(String name, String ending) {
    return root.resolve(name + ending);
  }

  public boolean holdsResult() {
    return Files.isRegularFile(result());
  }

  public boolean holdsRun() {
    return Files.isRegularFile(record());
  }

  /**
   * @throws UserMistake if a fresh run cannot be put here
   */
  public void requireFresh() {
    OutputFiles.requireFolder(root.toAbsolutePath().normalize(), root);
    if (holdsRun()) {
      throw new UserMistake(
          "%s already holds a run. Resume it, or choose another folder.".formatted(root));
    }
  }

  /**
   * @throws UserMistake if there is no run here
   */
  public void requireRun() {
    if (!Files.exists(root)) {
      throw new UserMistake("There is no run %s: the folder does not exist.".formatted(root));
    }
    if (!holdsRun()) {
      throw new UserMistake(
          "%s is not the folder of a run: it has no %s.".formatted(root, record().getFileName()));
    }
  }

  /**
   * @throws UserMistake if somebody has taken the folder away since the run began
   */
  void requireStill() {
    if (!holdsRun()) {
      throw new UserMistake(
          "%s was deleted or moved while the run was training, so the run is incomplete. Start it anew, or move the folder back and resume it."
              .formatted(root));
    }
  }
}
