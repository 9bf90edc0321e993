package io.github.nolabel.graph;

import java.util.stream.IntStream;

/**
 * Sums, means and extremes over axes. Without axes, all are reduced; negative axes count from the
 * end.
 */
public sealed interface ReductionOps extends Emitter permits Ops {

  default Value reduceSum(Value x, boolean keepDims, int... axes) {
    return reduce("ReduceSum", x, keepDims, axes);
  }

  default Value reduceMean(Value x, boolean keepDims, int... axes) {
    return reduce("ReduceMean", x, keepDims, axes);
  }

  default Value reduceMax(Value x, boolean keepDims, int... axes) {
    return reduce("ReduceMax", x, keepDims, axes);
  }

  default Value reduceMin(Value x, boolean keepDims, int... axes) {
    return reduce("ReduceMin", x, keepDims, axes);
  }

  /** {@code log(sum(exp(x)))} without overflow. */
  default Value reduceLogSumExp(Value x, boolean keepDims, int... axes) {
    return reduce("ReduceLogSumExp", x, keepDims, axes);
  }

  private Value reduce(String op, Value x, boolean keepDims, int... axes) {
    int[] all = axes.length > 0 ? axes : IntStream.range(0, x.shape().rank()).toArray();
    var reduced = Shapes.axes(op, x.shape(), all);
    Attributes attributes = Attributes.of("axes", reduced).with("keepdims", keepDims);
    return emit(op, x.type(), Shapes.reduced(x.shape(), reduced, keepDims), attributes, x);
  }
}
