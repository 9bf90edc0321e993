package io.github.nolabel.view;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Turns the colour circle. A colour of hue h, in sixths of the circle, with the largest channel M
 * and the range R of its channels is {@code M - R clip(min(k, 4 - k), 0, 1)} with {@code k = (n +
 * h) mod 6}, n = 5, 3 and 1 for red, green and blue.
 */
final class TurnedHue {

  private static final Tensor STARTS = Tensor.of(new float[] {5, 3, 1}, 1, 3, 1, 1);

  /** Keeps the hue of a grey finite; it does not matter. */
  private static final double GREY = 1e-20;

  private TurnedHue() {}

  /**
   * @param images float[N, 3, S, S] in [0, 1]
   * @param sixths by how much, float[N, 1, 1, 1] above 1
   */
  static Value of(Ops g, Value images, Value sixths) {
    List<Value> rgb = g.split(images, 1, 1, 1, 1);
    Value max = g.max(rgb.get(0), g.max(rgb.get(1), rgb.get(2)));
    Value range = g.sub(max, g.min(rgb.get(0), g.min(rgb.get(1), rgb.get(2))));
    Value turned = g.add(hue(g, rgb, max, range), sixths);
    Value k = modSix(g, g.add(turned, g.constant(STARTS)));
    Value fall = g.clip(g.min(k, g.sub(g.constant(4), k)), 0, 1);
    return g.sub(max, g.mul(range, fall));
  }

  /** float[N, 1, S, S] in [-1, 5]: 0 is red, 2 green, 4 blue. */
  private static Value hue(Ops g, List<Value> rgb, Value max, Value range) {
    Value red = rgb.get(0);
    Value green = rgb.get(1);
    Value blue = rgb.get(2);
    Value ofBlue = hueFrom(g, 4, g.sub(red, green), range);
    Value ofGreen = hueFrom(g, 2, g.sub(blue, red), range);
    Value ofRed = hueFrom(g, 0, g.sub(green, blue), range);
    return g.where(g.less(red, max), g.where(g.less(green, max), ofBlue, ofGreen), ofRed);
  }

  private static Value hueFrom(Ops g, double start, Value difference, Value range) {
    return g.add(g.div(difference, g.max(range, g.constant(GREY))), g.constant(start));
  }

  /** The remainder of numbers from 0 on. */
  private static Value modSix(Ops g, Value x) {
    Value turns = g.cast(g.cast(g.mul(x, 1 / 6.0), ElementType.INT32), ElementType.FLOAT);
    return g.sub(x, g.mul(turns, 6));
  }
}
