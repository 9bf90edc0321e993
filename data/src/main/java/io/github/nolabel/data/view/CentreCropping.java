package io.github.nolabel.data.view;

import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.Interpolation;

/** The plain look: the shorter side resized (bilinear, antialiased), the centre kept. */
final class CentreCropping implements Framing {

  private final int size;
  private final int shorterSide;
  private final Resizer resizer = new Resizer(Interpolation.BILINEAR);

  CentreCropping(Preprocessing preprocessing) {
    this.size = preprocessing.size();
    this.shorterSide = (int) Math.rint(size / preprocessing.cropShare());
  }

  @Override
  public void frame(Picture picture, CounterRandom random, Pixels target) {
    int width = picture.scale().width();
    int height = picture.scale().height();
    int shorter = Math.min(width, height);
    long w = (long) shorterSide * width / shorter;
    long h = (long) shorterSide * height / shorter;
    long x = (long) Math.rint((w - size) / 2.0);
    long y = (long) Math.rint((h - size) / 2.0);
    Box whole = picture.scale().box(0, 0, width, height);
    resizer.crop(picture.pixels(), whole, w, h, x, y, size, target);
  }

  @Override
  public double surplus(int width, int height, CounterRandom random) {
    return (double) Math.min(width, height) / shorterSide;
  }
}
