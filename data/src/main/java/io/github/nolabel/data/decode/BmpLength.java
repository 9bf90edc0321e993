package io.github.nolabel.data.decode;

import io.github.nolabel.data.BrokenImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells a run-length encoded BMP file that lacks its end: the reader leaves what is missing black.
 */
final class BmpLength {

  private static final int HEADER = 54;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;

  private BmpLength() {}

  /**
   * @throws BrokenImageException if the file is shorter than its header says
   */
  static void check(String name, byte[] file) {
    if (file.length < HEADER) {
      return; // The reader says so.
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int compression = header.getInt(30);
    long whole = claimed(header);
    if ((compression == RLE8 || compression == RLE4) && file.length < whole) {
      throw new BrokenImageException(
          "'%s' is cut off: its header says %,d bytes, but there are %,d."
              .formatted(name, whole, file.length));
    }
  }

  /** Of the pixels and what is before them; where nobody says, of the file. */
  private static long claimed(ByteBuffer header) {
    long pixels = header.getInt(34) & 0xffff_ffffL;
    return pixels == 0
        ? header.getInt(2) & 0xffff_ffffL
        : (header.getInt(10) & 0xffff_ffffL) + pixels;
  }
}
