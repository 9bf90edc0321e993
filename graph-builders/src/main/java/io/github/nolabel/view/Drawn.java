package io.github.nolabel.view;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Takes drawn numbers apart. */
final class Drawn {

  private Drawn() {}

  /** Every column of float[N, n] as float[N, 1]. */
  static List<Value> columns(Ops g, Value drawn) {
    long count = drawn.shape().extent(1);
    long[] ones = new long[(int) count];
    Arrays.fill(ones, 1);
    return count == 1 ? List.of(drawn) : g.split(drawn, 1, ones);
  }

  /** float[N, 1] as float[N, 1, 1, 1], a number for each image. */
  static Value perImage(Ops g, Value column) {
    return g.unsqueeze(column, 2, 3);
  }

  /** Whether the number of each image says that it happens, bool[N, 1, 1, 1]. */
  static Value happens(Ops g, Value column) {
    return g.greater(perImage(g, column), g.constant(0.5));
  }
}
