package io.github.nolabel.data.source;

import io.github.nolabel.api.file.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads whole files, but never without end. */
public final class BoundedFiles {

  /** The largest encoded image that is read. */
  static final int LARGEST_IMAGE = 512 << 20;

  private BoundedFiles() {}

  /**
   * The bytes of an encoded image.
   *
   * @throws IOException if there are more than 512 MB, or more than Java has memory for
   */
  public static byte[] readAll(Path file) throws IOException {
    try (InputStream input = FileInput.open(file)) {
      return readAll(input, LARGEST_IMAGE);
    }
  }

  /**
   * @throws IOException if there are more than {@code most} bytes, or more than Java has memory for
   */
  static byte[] readAll(InputStream input, int most) throws IOException {
    try {
      byte[] bytes = input.readNBytes(most);
      if (bytes.length == most && input.read() >= 0) {
        throw new IOException("larger than %,d bytes".formatted(most));
      }
      return bytes;
    } catch (OutOfMemoryError e) {
      throw new IOException("larger than the memory that Java has left", e);
    }
  }
}
