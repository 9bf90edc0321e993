package io.github.nolabel.autodiff;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Shapes;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/** Undoes broadcasting, once for every rule. */
public final class Broadcasting {

  private Broadcasting() {}

  /** Sums {@code wide} over the axes along which {@code like} was broadcast to reach it. */
  public static Value sumToShape(Ops g, Value like, Value wide) {
    List<Integer> axes = Shapes.broadcastAxes(like.shape(), wide.shape());
    if (axes.isEmpty()) {
      return wide;
    }
    int[] summed = axes.stream().mapToInt(Integer::intValue).toArray();
    Value sum = g.reduceSum(wide, true, summed);
    int missing = wide.shape().rank() - like.shape().rank();
    return missing == 0 ? sum : g.squeeze(sum, IntStream.range(0, missing).toArray());
  }
}
