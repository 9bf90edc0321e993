package io.github.nolabel.data.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held, read from a JPEG file's EXIF block; anything odd counts as upright. */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_HEADER = 6;

  private ExifOrientation() {}

  /** 1 to 8 as in the EXIF standard. */
  static int of(byte[] jpeg) {
    ByteBuffer file = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
      int marker = jpeg[at + 1] & 0xff;
      int length = file.getShort(at + 2) & 0xffff;
      if (marker == 0xda || length < 2 || at + 2 + length > jpeg.length) {
        return UPRIGHT;
      }
      if (marker == 0xe1 && isExif(file, at + 4, length - 2)) {
        return inTiff(file.slice(at + 4 + EXIF_HEADER, length - 2 - EXIF_HEADER));
      }
      at += 2 + length;
    }
    return UPRIGHT;
  }

  private static boolean isExif(ByteBuffer file, int at, int length) {
    return length >= EXIF_HEADER && file.getInt(at) == 0x45786966 && file.getShort(at + 4) == 0;
  }

  private static int inTiff(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries && directory + 2 + 12 * (i + 1) <= tiff.limit(); i++) {
      int entry = directory + 2 + 12 * i;
      if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
