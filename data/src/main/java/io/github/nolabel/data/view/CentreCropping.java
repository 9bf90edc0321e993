package io.github.nolabel.data.view;

import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.Interpolation;

/** The plain look: the shorter side resized (bilinear, antialiased), the centre kept. */
final class CentreCropping implements Framing {

  private final int size;
  private final int shorterSide;
  private final Resizer resizer = new Resizer(Interpolation.BILINEAR);
  private final Region whole = new Region();

  CentreCropping(Preprocessing preprocessing) {
    this.size = preprocessing.size();
    this.shorterSide = (int) Math.rint(size / preprocessing.cropShare());
  }

  @Override
  public void frame(byte[] rgb, int width, int height, CounterRandom random, Pixels target) {
    int shorter = Math.min(width, height);
    long w = (long) shorterSide * width / shorter;
    long h = (long) shorterSide * height / shorter;
    long x = (long) Math.rint((w - size) / 2.0);
    long y = (long) Math.rint((h - size) / 2.0);
    PixelSource source = PixelSource.of(rgb, width);
    resizer.crop(source, whole.set(0, 0, width, height), w, h, x, y, size, target);
  }
}
