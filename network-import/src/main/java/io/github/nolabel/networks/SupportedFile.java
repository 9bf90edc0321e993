package io.github.nolabel.networks;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.file.OnnxFile;
import java.nio.file.Path;

/** Reads files whose operators are known. */
final class SupportedFile {

  private static final long OLDEST = 11;
  private static final long NEWEST = 21;

  private SupportedFile() {}

  /**
   * @param sha256 that it must have; empty takes any
   * @throws UserMistake if there is none, or it is another
   */
  static OnnxFile read(String path, String sha256) {
    OnnxFile file = OnnxFile.read(Path.of(path));
    if (file.opset() < OLDEST || file.opset() > NEWEST) {
      throw new UserMistake(
          "%s uses version %d of the ONNX operators; versions %d to %d can be read. Export it with opset_version=%d."
              .formatted(path, file.opset(), OLDEST, NEWEST, NEWEST - 1));
    }
    if (!sha256.isEmpty() && !sha256.equals(file.sha256())) {
      throw new UserMistake(
          "%s is not the file that the run began with: its SHA-256 is %s, not %s."
              .formatted(path, file.sha256(), sha256));
    }
    return file;
  }
}
