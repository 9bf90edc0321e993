package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.List;
import java.util.stream.IntStream;

/** Sums, means, norms and extremes over axes. */
final class ReductionRules {

  private ReductionRules() {}

  /** A reduction of the graph. */
  @FunctionalInterface
  private interface Reduction {
    Value apply(Ops g, Value x, boolean keepDims, int... axes);
  }

  static void addTo(TranslationTable.Builder table) {
    table
        .live("ReduceSum", c -> reduce(c, c.live(0), Ops::reduceSum))
        .live("ReduceMean", c -> reduce(c, c.live(0), Ops::reduceMean))
        .live("ReduceMax", c -> reduce(c, c.live(0), Ops::reduceMax))
        .live("ReduceMin", c -> reduce(c, c.live(0), Ops::reduceMin))
        .live("ReduceLogSumExp", c -> reduce(c, c.live(0), Ops::reduceLogSumExp))
        .live("ReduceL1", c -> reduce(c, c.g().abs(c.live(0)), Ops::reduceSum))
        .live("ReduceSumSquare", ReductionRules::sumOfSquares)
        .live("ReduceL2", ReductionRules::length);
  }

  /** Vectors of zeros have the slope 0, as in PyTorch; the root's own would be infinite. */
  private static Value length(OperatorCall call) {
    Ops g = call.g();
    Value squares = sumOfSquares(call);
    Value nought = call.constant(Constant.scalar(ElementType.FLOAT, 0));
    Value one = call.constant(Constant.scalar(ElementType.FLOAT, 1));
    Value none = g.equal(squares, nought);
    return g.where(none, nought, g.sqrt(g.where(none, one, squares)));
  }

  private static Value sumOfSquares(OperatorCall call) {
    Value x = call.live(0);
    return reduce(call, call.g().mul(x, x), Ops::reduceSum);
  }

  private static Value reduce(OperatorCall call, Value x, Reduction reduction) {
    List<Long> axes = call.attributes().integers("axes", 1).orElse(List.of());
    int rank = x.shape().rank();
    if (axes.isEmpty() && call.attributes().flag("noop_with_empty_axes", false)) {
      return x;
    }
    int[] reduced = axes.isEmpty() ? IntStream.range(0, rank).toArray() : Axes.of(call, axes, rank);
    return reduction.apply(call.g(), x, call.attributes().flag("keepdims", true), reduced);
  }
}
