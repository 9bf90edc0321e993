package io.github.nolabel.data.view;

/** A rectangle whose edges may lie within pixels. */
record Box(double left, double top, double width, double height) {

  /** Sums of parts of a picture come out at its edge but for rounding. */
  private static final double ROUNDING = 1e-6;

  /**
   * Whether it is just so many pixels, those of {@code cover}.
   *
   * @param cover as {@link #cover} sets it
   */
  boolean isPixels(Region cover, long pixelsWide, long pixelsHigh) {
    return width == pixelsWide
        && height == pixelsHigh
        && cover.width == pixelsWide
        && cover.height == pixelsHigh;
  }

  /** Sets {@code region} to the pixels that are touched. */
  Region cover(Region region) {
    int x = (int) (left + ROUNDING);
    int y = (int) (top + ROUNDING);
    int right = (int) Math.ceil(left + width - ROUNDING);
    int bottom = (int) Math.ceil(top + height - ROUNDING);
    return region.set(x, y, right - x, bottom - y);
  }
}
