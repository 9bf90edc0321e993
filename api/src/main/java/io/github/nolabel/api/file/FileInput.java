package io.github.nolabel.api.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes that a file has when it is opened. What is appended while it is read does not come, so
 * that reading ends; a file that claims to be empty, as those of a running system do, is empty.
 */
public final class FileInput extends FilterInputStream {

  private long rest;

  private FileInput(InputStream input, long size) {
    super(input);
    this.rest = size;
  }

  public static InputStream open(Path file) throws IOException {
    long size = Files.size(file);
    return size == 0
        ? InputStream.nullInputStream()
        : new FileInput(Files.newInputStream(file), size);
  }

  @Override
  public int read() throws IOException {
    int next = rest == 0 ? -1 : in.read();
    rest -= next < 0 ? 0 : 1;
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (rest == 0 && count > 0) {
      return -1;
    }
    int read = in.read(target, offset, (int) Math.min(rest, count));
    rest -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(rest, count));
    rest -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(rest, in.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
