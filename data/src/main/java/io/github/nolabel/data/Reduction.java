package io.github.nolabel.data;

/** How much of a picture is enough for what becomes of it. */
@FunctionalInterface
public interface Reduction {

  /** All of it. */
  Reduction NONE = (width, height) -> 1;

  /** By what a decoder can divide sides at most. */
  int MOST = 8;

  /**
   * By what the sides may be divided, at least 1. Decoders divide by 1, 2, 4 or 8.
   *
   * @param width of the upright picture, in pixels
   */
  int largest(int width, int height);

  /** The largest of 1, 2, 4 and 8 that is allowed. */
  default int divisor(int width, int height) {
    return Integer.highestOneBit(Math.max(1, Math.min(MOST, largest(width, height))));
  }
}
