package io.github.nolabel.data.view;

/** Gives out parts of an image as numbers. */
@FunctionalInterface
interface PixelSource {

  /** Fills {@code target} with the region. */
  void load(Region region, Pixels target);

  /** Interleaved RGB bytes in rows of {@code stride}. */
  static PixelSource of(byte[] rgb, int stride) {
    return (region, target) -> target.load(rgb, stride, region);
  }
}
