package io.github.nolabel.data.view;

/** What views are made of: pixels as they were decoded, and where they lie. */
public final class Picture {

  private final byte[] rgb;
  private final int width;
  private final int height;
  private final Scale scale;

  /**
   * @param rgb interleaved RGB, row by row; is not copied
   * @param width of the pixels that there are
   */
  public Picture(byte[] rgb, int width, int height, Scale scale) {
    this.rgb = rgb;
    this.width = width;
    this.height = height;
    this.scale = scale;
  }

  /** All pixels of a picture. */
  public static Picture whole(byte[] rgb, int width, int height) {
    return new Picture(rgb, width, height, Scale.whole(width, height));
  }

  byte[] rgb() {
    return rgb;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Scale scale() {
    return scale;
  }

  PixelSource pixels() {
    return PixelSource.of(rgb, width);
  }
}
