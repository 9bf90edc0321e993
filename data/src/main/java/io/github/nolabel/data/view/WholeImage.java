package io.github.nolabel.data.view;

/** The image as it is; a later transform crops it. */
final class WholeImage implements Framing {

  private final Region region = new Region();

  @Override
  public void frame(Picture picture, CounterRandom random, Pixels target) {
    picture.pixels().load(region.set(0, 0, picture.width(), picture.height()), target);
  }

  @Override
  public Frame choose(Scale scale, CounterRandom random) {
    throw new IllegalStateException("a later crop is not known here");
  }

  /** What a later transform crops is not known here. */
  @Override
  public double surplus(int width, int height, CounterRandom random) {
    return 1;
  }
}
