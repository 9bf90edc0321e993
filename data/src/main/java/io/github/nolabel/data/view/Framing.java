package io.github.nolabel.data.view;

/** Chooses the part of the source that becomes the view, and brings it to the view's size. */
interface Framing {

  /** Fills {@code target} from interleaved RGB bytes. */
  void frame(byte[] rgb, int width, int height, CounterRandom random, Pixels target);
}
