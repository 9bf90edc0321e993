package io.github.nolabel.data.view;

/**
 * A float image, RGB in [0, 1], one plane after the other. Its memory grows and is reused; a
 * channel's plane starts at {@code channel * area()}.
 */
public final class Pixels {

  private static final float TO_UNIT = 1 / 255f;

  private float[] values = new float[0];
  private int width;
  private int height;

  /** Takes this size; the values are whatever was there. */
  Pixels reshape(int newWidth, int newHeight) {
    int needed = Math.multiplyExact(3, Math.multiplyExact(newWidth, newHeight));
    if (values.length < needed) {
      values = new float[needed];
    }
    width = newWidth;
    height = newHeight;
    return this;
  }

  /** Takes the region's size and content from interleaved RGB bytes in rows of {@code stride}. */
  void load(byte[] rgb, int stride, Region region) {
    reshape(region.width, region.height);
    for (int row = 0; row < height; row++) {
      int from = 3 * ((region.y + row) * stride + region.x);
      toUnit(rgb, from, width, values, row * width, area());
    }
  }

  /**
   * Converts {@code count} pixels.
   *
   * @param from where they start in {@code rgb}
   * @param to where their red goes; green and blue lie {@code plane} and twice as much behind
   */
  static void toUnit(byte[] rgb, int from, int count, float[] target, int to, int plane) {
    int byteAt = from;
    for (int red = to, end = to + count; red < end; red++, byteAt += 3) {
      target[red] = (rgb[byteAt] & 0xff) * TO_UNIT;
      target[red + plane] = (rgb[byteAt + 1] & 0xff) * TO_UNIT;
      target[red + 2 * plane] = (rgb[byteAt + 2] & 0xff) * TO_UNIT;
    }
  }

  /** Takes the region's size and content from another image. */
  void load(Pixels source, Region region) {
    reshape(region.width, region.height);
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < height; row++) {
        int from = channel * source.area() + (region.y + row) * source.width + region.x;
        System.arraycopy(source.values, from, values, channel * area() + row * width, width);
      }
    }
  }

  /** The planes of red, green and blue; may be longer than the image. */
  public float[] values() {
    return values;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Pixels of a plane. */
  public int area() {
    return width * height;
  }

  /** Sets a pixel, counted row by row. */
  void put(int pixel, float red, float green, float blue) {
    int area = area();
    values[pixel] = red;
    values[pixel + area] = green;
    values[pixel + 2 * area] = blue;
  }

  /** Exchanges contents without copying. */
  void swap(Pixels other) {
    float[] otherValues = other.values;
    int otherWidth = other.width;
    int otherHeight = other.height;
    other.values = values;
    other.width = width;
    other.height = height;
    values = otherValues;
    width = otherWidth;
    height = otherHeight;
  }
}
