package io.github.nolabel.data.source;

import java.io.IOException;
import java.io.InputStream;

/** Watches how the stream of an archive ends; what is skipped is read, so that no end is missed. */
final class TarEnd extends InputStream {

  private static final int RECORD = 512;

  private final InputStream archive;
  private long length;
  private long zeros;

  TarEnd(InputStream archive) {
    this.archive = archive;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = archive.read(target, offset, count);
    int kept = offset + Math.max(0, read);
    while (kept > offset && target[kept - 1] == 0) {
      kept--;
    }
    int end = offset + Math.max(0, read) - kept;
    zeros = end == read ? zeros + end : read > 0 ? end : zeros;
    length += Math.max(0, read);
    return read;
  }

  /** Whether a record of zeros came last, as the format demands. */
  boolean isMarked() {
    return zeros >= RECORD;
  }

  /** Whether the last record is not all there. */
  boolean isCutOff() {
    return length % RECORD != 0;
  }
}
