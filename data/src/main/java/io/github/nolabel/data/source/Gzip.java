package io.github.nolabel.data.source;

import io.github.nolabel.api.file.FileInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files that may or may not be compressed; the first two bytes tell, not the name. */
final class Gzip {

  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  static boolean isGzip(Path file) throws IOException {
    try (InputStream input = FileInput.open(file)) {
      byte[] start = input.readNBytes(2);
      return start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    }
  }

  /** The uncompressed content. */
  static InputStream open(Path file) throws IOException {
    boolean gzip = isGzip(file);
    InputStream raw = new BufferedInputStream(FileInput.open(file), BUFFER);
    if (!gzip) {
      return raw;
    }
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }
}
