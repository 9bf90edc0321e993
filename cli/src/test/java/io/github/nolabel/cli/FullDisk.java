package io.github.nolabel.cli;

import io.github.nolabel.api.file.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A disk without room; it may or may not admit it when asked. */
record FullDisk(long admitted) implements Disk {

  @Override
  public OutputStream create(Path file) throws IOException {
    throw new FileSystemException(file.toString(), null, "No space left on device");
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw new FileSystemException(to.toString(), null, "No space left on device");
  }

  @Override
  public long freeBytes(Path folder) {
    return admitted;
  }
}
