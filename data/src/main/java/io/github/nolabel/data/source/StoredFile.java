package io.github.nolabel.data.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of a collection, wherever it lies.
 *
 * @param path within the collection, with slashes
 * @param bytes its size
 * @param opening how to get at it
 */
public record StoredFile(String path, long bytes, Opening opening) {

  /**
   * The whole of it.
   *
   * @throws IOException if it has more than {@code most} bytes, or cannot be read
   */
  byte[] read(int most) throws IOException {
    try (InputStream input = opening.open()) {
      return BoundedFiles.readAll(input, most);
    }
  }

  /** Opens the file. */
  @FunctionalInterface
  public interface Opening {
    InputStream open() throws IOException;
  }
}
