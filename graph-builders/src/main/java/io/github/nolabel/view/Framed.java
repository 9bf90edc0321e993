package io.github.nolabel.view;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * A part of each picture at the view's size: {@code rows * picture * columns'}, where each row of
 * the two matrices says which pixels make one, and how much of each: a filter that grows with the
 * reduction (antialiasing), as in Pillow and PyTorch.
 */
record Framed(int size, Interpolation interpolation) {

  /**
   * @param pictures float[N, 3, H, W] in [0, 1]
   * @param frame float[N, 8]; see {@link DrawnView}
   * @return float[N, 3, S, S]
   */
  Value of(Ops g, Value pictures, Value frame) {
    List<Value> along = g.split(frame, 1, DrawnView.FRAME / 2, DrawnView.FRAME / 2);
    Value columns = weights(g, along.get(0), pictures.shape().extent(3));
    Value rows = weights(g, along.get(1), pictures.shape().extent(2));
    Value framed =
        g.matMul(
            g.matMul(g.unsqueeze(rows, 1), pictures), g.transposeMatrix(g.unsqueeze(columns, 1)));
    return interpolation == Interpolation.BICUBIC ? g.clip(framed, 0, 1) : framed;
  }

  /** float[N, S, count]: how much each of {@code count} pixels has of each of the view's. */
  private Value weights(Ops g, Value axis, long count) {
    List<Value> numbers = Drawn.columns(g, axis);
    Value scale = g.mul(numbers.get(1), 1.0 / size);
    Value centres = g.add(numbers.get(0), g.mul(scale, middles(g, size)));
    Value stretch = g.max(scale, g.constant(1));
    Value distances =
        g.div(g.abs(g.sub(middles(g, count), g.unsqueeze(centres, 2))), g.unsqueeze(stretch, 2));
    Value allowed = g.unsqueeze(within(g, numbers.get(2), numbers.get(3), count), 1);
    Value shares = g.where(allowed, filter(g, distances), g.constant(0));
    return g.div(shares, g.reduceSum(shares, true, 2));
  }

  /** bool[N, count]: whether the pixel may be used. */
  private static Value within(Ops g, Value first, Value end, long count) {
    Value middles = middles(g, count);
    return g.and(g.greater(middles, first), g.less(middles, end));
  }

  /** float[count]: 0.5, 1.5, ... */
  private static Value middles(Ops g, long count) {
    float[] middles = new float[(int) count];
    for (int i = 0; i < count; i++) {
      middles[i] = i + 0.5f;
    }
    return g.constant(Tensor.of(middles, count));
  }

  private Value filter(Ops g, Value x) {
    return interpolation == Interpolation.BICUBIC ? cubic(g, x) : g.relu(g.sub(g.constant(1), x));
  }

  /** Keys' cubic with a = -0.5. */
  private static Value cubic(Ops g, Value x) {
    Value near = polynomial(g, x, 1.5, -2.5, 0, 1);
    Value far = polynomial(g, x, -0.5, 2.5, -4, 2);
    Value outer = g.where(g.less(x, g.constant(2)), far, g.constant(0));
    return g.where(g.less(x, g.constant(1)), near, outer);
  }

  private static Value polynomial(Ops g, Value x, double a, double b, double c, double d) {
    Value square = g.mul(g.add(g.mul(x, a), g.constant(b)), x);
    return g.add(g.mul(g.add(square, g.constant(c)), x), g.constant(d));
  }
}
