package io.github.nolabel.spark.source;

import io.github.nolabel.api.NolabelException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file on another machine. Where it cannot be read, that says nothing about the image: the task
 * ends, and Spark takes it again, rather than another image taking its place.
 */
final class FarInput extends FilterInputStream {

  private final Path path;

  private FarInput(InputStream input, Path path) {
    super(input);
    this.path = path;
  }

  static InputStream open(FileSystem system, Path path) {
    try {
      return new FarInput(system.open(path), path);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    try {
      return in.read(target, offset, count);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static NolabelException failed(Path path, IOException cause) {
    return new NolabelException(
        "'%s' cannot be read: %s. It was there when the data were opened; is the file system in order?"
            .formatted(path, cause.getMessage()),
        cause);
  }
}
