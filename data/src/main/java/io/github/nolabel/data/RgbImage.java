package io.github.nolabel.data;

import io.github.nolabel.data.view.Scale;

/**
 * A decoded picture: 8 bits each of red, green and blue, interleaved, row by row. It may have been
 * decoded at a fraction of its size.
 */
public final class RgbImage {

  private final int width;
  private final int height;
  private final byte[] rgb;
  private final Scale scale;

  private RgbImage(int width, int height, byte[] rgb, Scale scale) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.scale = scale;
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
    return new RgbImage(width, height, rgb, Scale.whole(width, height));
  }

  /** The same pixels, as those of a picture that was decoded at a fraction of its size. */
  public RgbImage at(Scale newScale) {
    return new RgbImage(width, height, rgb, newScale);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Where the pixels lie in the whole picture. */
  public Scale scale() {
    return scale;
  }

  /** Whether every pixel of the picture is there. */
  public boolean isWhole() {
    return scale.divisor() == 1;
  }

  /** The pixels themselves, shared: read only. */
  public byte[] rgb() {
    return rgb;
  }
}
