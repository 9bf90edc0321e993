package io.github.nolabel.inference;

import io.github.nolabel.api.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;

/** Model files of the caller. */
final class ModelFiles {

  private ModelFiles() {}

  /**
   * Opens a model, whatever it computes.
   *
   * @param kind what the file should be, for messages
   * @throws UserMistake if there is no such file, it is no ONNX file, or ONNX Runtime is missing
   */
  static FeatureSession open(Path file, String kind) {
    if (!Files.isRegularFile(file)) {
      throw new UserMistake("There is no file '%s'; name %s.".formatted(file, kind));
    }
    try {
      return FeatureSession.open(file, kind);
    } catch (NoClassDefFoundError e) {
      throw new UserMistake(
          "ONNX Runtime is not on the class path; add com.microsoft.onnxruntime:onnxruntime.", e);
    }
  }
}
