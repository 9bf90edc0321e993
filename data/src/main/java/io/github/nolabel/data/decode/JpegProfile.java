package io.github.nolabel.data.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the colour profile out of a JPEG file. Profiles are ignored anyhow, but the reader gives up
 * on a damaged one, and one of another kind of colours leads it astray.
 */
final class JpegProfile {

  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final int PROFILE = 0xe2;
  private static final int SCAN = 0xda;
  private static final int HEAD = 4;

  private JpegProfile() {}

  /** The same file without its segments of a profile; itself if it has none. */
  static byte[] without(byte[] file) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(file.length);
    int kept = 0;
    int at = 2;
    while (at + HEAD <= file.length && (file[at] & 0xff) == 0xff && marker(file, at) != SCAN) {
      int end = at + 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      boolean fill = marker(file, at) == 0xff;
      if (!fill && isProfile(file, at, end)) {
        rest.write(file, kept, at - kept);
        kept = Math.min(end, file.length);
      }
      at = fill ? at + 1 : end;
    }
    if (kept == 0) {
      return file;
    }
    rest.write(file, kept, file.length - kept);
    return rest.toByteArray();
  }

  private static boolean isProfile(byte[] file, int at, int end) {
    int name = at + HEAD;
    return marker(file, at) == PROFILE
        && name + NAME.length <= Math.min(end, file.length)
        && Arrays.equals(file, name, name + NAME.length, NAME, 0, NAME.length);
  }

  private static int marker(byte[] file, int at) {
    return file[at + 1] & 0xff;
  }
}
