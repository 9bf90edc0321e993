package io.github.nolabel.data.view;

/** Chooses the part of the source that becomes the view, and brings it to the view's size. */
interface Framing {

  /** What {@link #frame} would choose. */
  Frame choose(Scale scale, CounterRandom random);

  void frame(Picture picture, CounterRandom random, Pixels target);

  /**
   * By what the sides of a picture of this size can be divided before it has fewer pixels than the
   * view, for the same random numbers.
   */
  double surplus(int width, int height, CounterRandom random);
}
