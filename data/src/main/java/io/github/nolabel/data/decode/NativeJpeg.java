package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;

/**
 * Decodes ordinary JPEG files by libjpeg-turbo, which comes with Leptonica: the same values as by
 * Java's own reader, sooner. Reuses its memory; one per thread.
 */
final class NativeJpeg {

  private static final ThreadLocal<NativeJpeg> OF_THREAD = ThreadLocal.withInitial(NativeJpeg::new);

  private BytePointer buffer = new BytePointer();
  private final IntPointer warnings = new IntPointer(1);
  private int[] line = new int[0];

  private NativeJpeg() {}

  /**
   * The pixels of a file; empty if there is no library for this platform, or it refuses the file or
   * warns of it.
   *
   * @param divisor 1, 2, 4 or 8: the picture becomes so many times smaller, rounded up
   */
  static Optional<RgbImage> decode(byte[] file, int divisor) {
    return Library.IS_THERE ? OF_THREAD.get().read(file, divisor) : Optional.empty();
  }

  private Optional<RgbImage> read(byte[] file, int divisor) {
    reserve(file.length);
    buffer.put(file, 0, file.length);
    PIX picture = leptonica.pixReadMemJpeg(buffer, file.length, 0, divisor, warnings.put(0), 0);
    if (picture == null) {
      return Optional.empty();
    }
    try {
      return warnings.get() > 0 ? Optional.empty() : Optional.of(rgb(picture));
    } finally {
      leptonica.pixDestroy(picture);
    }
  }

  private void reserve(int length) {
    if (buffer.capacity() < length) {
      buffer.close();
      buffer = new BytePointer(length);
    }
  }

  private RgbImage rgb(PIX picture) {
    int width = leptonica.pixGetWidth(picture);
    int height = leptonica.pixGetHeight(picture);
    int words = leptonica.pixGetWpl(picture);
    boolean grey = leptonica.pixGetDepth(picture) == 8;
    IntPointer data = leptonica.pixGetData(picture);
    byte[] rgb = new byte[3 * width * height];
    line = line.length < words ? new int[words] : line;
    for (int y = 0; y < height; y++) {
      data.position((long) y * words).get(line, 0, words);
      if (grey) {
        fromGrey(rgb, 3 * y * width, width);
      } else {
        fromColours(rgb, 3 * y * width, width);
      }
    }
    return RgbImage.of(width, height, rgb);
  }

  /** Words of {@code 0xRRGGBB00}. */
  private void fromColours(byte[] rgb, int start, int width) {
    for (int x = 0, to = start; x < width; x++, to += 3) {
      int word = line[x];
      rgb[to] = (byte) (word >> 24);
      rgb[to + 1] = (byte) (word >> 16);
      rgb[to + 2] = (byte) (word >> 8);
    }
  }

  /** Words of four pixels, the first one in the highest byte. */
  private void fromGrey(byte[] rgb, int start, int width) {
    for (int x = 0, to = start; x < width; x++, to += 3) {
      byte value = (byte) (line[x >> 2] >> (24 - 8 * (x & 3)));
      rgb[to] = value;
      rgb[to + 1] = value;
      rgb[to + 2] = value;
    }
  }

  /** Loaded once, if at all. */
  private static final class Library {

    static final boolean IS_THERE = load();

    private static boolean load() {
      try {
        leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
        return true;
      } catch (LinkageError absent) {
        return false;
      }
    }
  }
}
