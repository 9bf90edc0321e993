package io.github.nolabel.data.decode;

import io.github.nolabel.data.BrokenImageException;

/** Refuses images before they are decoded: by what they claim, and by what memory there is. */
final class ImageSize {

  /** What the reader delivers and what becomes of it, three bytes each. */
  private static final long BYTES_PER_PIXEL = 6;

  /** Of the heap: other threads decode as well, and something has to be learnt. */
  private static final int SHARE = 3;

  private ImageSize() {}

  static void check(String name, long width, long height) {
    check(name, width, height, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heap bytes that Java may use
   * @throws BrokenImageException if the image is too large
   */
  static void check(String name, long width, long height, long heap) {
    long pixels = width * height;
    if (pixels > ImageDecoder.LARGEST_PIXELS) {
      throw new BrokenImageException(
          "'%s' claims %d x %d pixels; images up to %d million pixels are decoded."
              .formatted(name, width, height, ImageDecoder.LARGEST_PIXELS / 1_000_000));
    }
    if (BYTES_PER_PIXEL * pixels > heap / SHARE) {
      throw new BrokenImageException(
          "'%s' has %d x %d pixels, which need %,d MB of memory while they are decoded; with %,d MB in all an image may take %,d MB. Give Java more, such as JAVA_OPTS=-Xmx%dg, or make the image smaller."
              .formatted(
                  name,
                  width,
                  height,
                  megabytes(BYTES_PER_PIXEL * pixels),
                  megabytes(heap),
                  megabytes(heap / SHARE),
                  gigabytes(SHARE * BYTES_PER_PIXEL * pixels)));
    }
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }

  /** Enough: Java counts a little less than what it is given. */
  private static long gigabytes(long bytes) {
    return 1 + ((bytes + bytes / 5) >> 30);
  }
}
