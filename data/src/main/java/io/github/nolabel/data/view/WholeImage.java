package io.github.nolabel.data.view;

/** The image as it is; a later transform crops it. */
final class WholeImage implements Framing {

  private final Region region = new Region();

  @Override
  public void frame(byte[] rgb, int width, int height, CounterRandom random, Pixels target) {
    target.load(rgb, width, region.set(0, 0, width, height));
  }
}
