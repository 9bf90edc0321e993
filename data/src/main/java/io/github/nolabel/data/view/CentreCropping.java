package io.github.nolabel.data.view;

import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.Interpolation;

/** The plain look: the shorter side resized (bilinear, antialiased), the centre kept. */
final class CentreCropping implements Framing {

  private final int size;
  private final int shorterSide;
  private final Resizer resizer = new Resizer(Interpolation.BILINEAR);
  private final Region region = new Region();
  private final Pixels whole = new Pixels();
  private final Pixels resized = new Pixels();

  CentreCropping(Preprocessing preprocessing) {
    this.size = preprocessing.size();
    this.shorterSide = (int) Math.rint(size / preprocessing.cropShare());
  }

  @Override
  public void frame(byte[] rgb, int width, int height, CounterRandom random, Pixels target) {
    whole.load(rgb, width, region.set(0, 0, width, height));
    int shorter = Math.min(width, height);
    int w = (int) ((long) shorterSide * width / shorter);
    int h = (int) ((long) shorterSide * height / shorter);
    resizer.resize(whole, w, h, resized);
    int x = (int) Math.rint((w - size) / 2.0);
    int y = (int) Math.rint((h - size) / 2.0);
    target.load(resized, region.set(x, y, size, size));
  }
}
