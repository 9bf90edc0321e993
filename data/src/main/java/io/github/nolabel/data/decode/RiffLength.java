package io.github.nolabel.data.decode;

import io.github.nolabel.data.BrokenImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells a WebP file that lacks its end: the decoder of lossless ones makes the end up. */
final class RiffLength {

  private static final int HEADER = 8;

  private RiffLength() {}

  /**
   * @throws BrokenImageException if the file is shorter than its header says; more may follow
   */
  static void check(String name, byte[] file) {
    long whole = file.length < HEADER ? HEADER : HEADER + claimed(file);
    if (file.length < whole) {
      throw new BrokenImageException(
          "'%s' is cut off: its header says %,d bytes, but there are %,d."
              .formatted(name, whole, file.length));
    }
  }

  private static long claimed(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffff_ffffL;
  }
}
