package io.github.nolabel.data.view;

/** Gives out parts of an image as numbers. */
interface PixelSource {

  /** Fills {@code target} with the region. */
  void load(Region region, Pixels target);

  /**
   * Fills the start of {@code target} with pixels (x, y) to (x + width - 1, y): their red, then
   * their green, then their blue.
   */
  void loadRow(int x, int y, int width, float[] target);

  /** Interleaved RGB bytes in rows of {@code stride}. */
  static PixelSource of(byte[] rgb, int stride) {
    return new PixelSource() {
      @Override
      public void load(Region region, Pixels target) {
        target.load(rgb, stride, region);
      }

      @Override
      public void loadRow(int x, int y, int width, float[] target) {
        Pixels.toUnit(rgb, 3 * (y * stride + x), width, target, 0, width);
      }
    };
  }

  /** All that there is of an image. */
  static PixelSource of(Pixels image) {
    return new PixelSource() {
      @Override
      public void load(Region region, Pixels target) {
        target.load(image, region);
      }

      @Override
      public void loadRow(int x, int y, int width, float[] target) {
        for (int channel = 0; channel < 3; channel++) {
          int from = channel * image.area() + y * image.width() + x;
          System.arraycopy(image.values(), from, target, channel * width, width);
        }
      }
    };
  }
}
