package io.github.nolabel.data.source;

import io.github.nolabel.api.file.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads whole files, but never without end. */
final class BoundedFiles {

  /** The largest encoded image that is read. */
  static final int LARGEST_IMAGE = 512 << 20;

  private BoundedFiles() {}

  static byte[] readAll(Path file) throws IOException {
    try (InputStream input = FileInput.open(file)) {
      return readAll(input, LARGEST_IMAGE);
    }
  }

  /**
   * @throws IOException if there is more than {@code most} bytes
   */
  static byte[] readAll(InputStream input, int most) throws IOException {
    byte[] bytes = input.readNBytes(most);
    if (bytes.length == most && input.read() >= 0) {
      throw new IOException("larger than %,d bytes".formatted(most));
    }
    return bytes;
  }
}
