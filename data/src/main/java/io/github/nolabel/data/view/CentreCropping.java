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
  public Frame choose(Scale scale, CounterRandom random) {
    Target seen = Target.of(shorterSide, size, scale);
    Box whole = whole(scale);
    double across = whole.width() / seen.width;
    double down = whole.height() / seen.height;
    Box box =
        new Box(
            whole.left() + seen.x * across,
            whole.top() + seen.y * down,
            size * across,
            size * down);
    return new Frame(box, whole);
  }

  @Override
  public void frame(Picture picture, CounterRandom random, Pixels target) {
    Target seen = Target.of(shorterSide, size, picture.scale());
    Box whole = whole(picture.scale());
    resizer.crop(picture.pixels(), whole, seen.width, seen.height, seen.x, seen.y, size, target);
  }

  private static Box whole(Scale scale) {
    return scale.box(0, 0, scale.width(), scale.height());
  }

  @Override
  public double surplus(int width, int height, CounterRandom random) {
    return (double) Math.min(width, height) / shorterSide;
  }

  /** The whole picture once its shorter side is resized, and where its centre starts. */
  private record Target(long width, long height, long x, long y) {

    static Target of(int shorterSide, int size, Scale scale) {
      int shorter = Math.min(scale.width(), scale.height());
      long w = (long) shorterSide * scale.width() / shorter;
      long h = (long) shorterSide * scale.height() / shorter;
      long x = (long) Math.rint((w - size) / 2.0);
      long y = (long) Math.rint((h - size) / 2.0);
      return new Target(w, h, x, y);
    }
  }
}
