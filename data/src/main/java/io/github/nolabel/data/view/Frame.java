package io.github.nolabel.data.view;

import java.nio.FloatBuffer;

/**
 * The part of a picture that becomes a view.
 *
 * @param box the part, in pixels of the picture as it was decoded
 * @param limits what the pixels that are used must touch
 */
record Frame(Box box, Box limits) {

  /** A part that nothing outside of it has a share in. */
  static Frame of(Box box) {
    return new Frame(box, box);
  }

  /** Writes the frame as {@link io.github.nolabel.api.view.DrawnView} has it. */
  void write(Placement place, FloatBuffer target, int offset) {
    Region used = place.moved(limits).cover(new Region());
    Box moved = place.moved(box);
    int right = Math.min(used.x + used.width, place.width());
    int bottom = Math.min(used.y + used.height, place.height());
    double[] numbers = {
      moved.left(), moved.width(), used.x, right, moved.top(), moved.height(), used.y, bottom
    };
    for (int i = 0; i < numbers.length; i++) {
      target.put(offset + i, (float) numbers[i]);
    }
  }
}
