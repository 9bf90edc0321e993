package io.github.nolabel.data.view;

import java.nio.FloatBuffer;

/** A change whose random numbers can be told before it acts, so that a graph can carry it out. */
interface Drawing extends Transform {

  /**
   * Draws just what {@link #apply} would, and writes it as {@link
   * io.github.nolabel.api.view.DrawnView} has it.
   *
   * @param target written from {@code offset} on
   */
  void draw(CounterRandom random, FloatBuffer target, int offset);
}
