package io.github.nolabel.data;

/** A decoded picture: 8 bits each of red, green and blue, interleaved, row by row. */
public final class RgbImage {

  private final int width;
  private final int height;
  private final byte[] rgb;

  private RgbImage(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Takes over {@code rgb}; do not write to it afterwards.
   *
   * @throws IllegalArgumentException unless {@code rgb} holds {@code 3 * width * height} bytes
   */
  public static RgbImage of(int width, int height, byte[] rgb) {
    if (width <= 0 || height <= 0 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d x %d pixels need 3 bytes each, got %d bytes".formatted(width, height, rgb.length));
    }
    return new RgbImage(width, height, rgb);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels themselves, shared: read only. */
  public byte[] rgb() {
    return rgb;
  }
}
