package io.github.nolabel.networks.rules;

import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sums, products and extremes of constants. */
final class ReductionFolds {

  private ReductionFolds() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .fold("ReduceSum", c -> reduce(c, (a, b) -> BatchCount.of(a.fixed() + b.fixed())))
        .fold("ReduceProd", c -> reduce(c, (a, b) -> BatchCount.of(a.fixed() * b.fixed())))
        .fold("ReduceMax", c -> reduce(c, (a, b) -> a.fixed() < b.fixed() ? b : a))
        .fold("ReduceMin", c -> reduce(c, (a, b) -> a.fixed() < b.fixed() ? a : b));
  }

  /** Over the axes that are named, or all. */
  private static Constant reduce(OperatorCall call, BinaryOperator<BatchCount> operator) {
    Constant x = call.known(0);
    if (x.size() == 0 || !x.isFixed()) {
      throw call.refuse("this constant cannot be reduced", "Export with constant folding.");
    }
    List<Long> axes = call.attributes().integers("axes", 1).orElse(List.of());
    if (axes.isEmpty() && call.attributes().flag("noop_with_empty_axes", false)) {
      return x;
    }
    Set<Integer> reduced = reducedAxes(call, axes, x.rank());
    BatchCount[] values = reduced(x, reduced, operator);
    boolean keep = call.attributes().flag("keepdims", true);
    long[] extents = keep ? withOnes(x.extents(), reduced) : without(x.extents(), reduced);
    return Constant.of(x.type(), extents, i -> values[i]);
  }

  private static Set<Integer> reducedAxes(OperatorCall call, List<Long> named, int rank) {
    IntStream axes =
        named.isEmpty() ? IntStream.range(0, rank) : IntStream.of(Axes.of(call, named, rank));
    return axes.boxed().collect(Collectors.toSet());
  }

  /** What falls on the same place once {@code axes} are one long, in the order of x. */
  private static BatchCount[] reduced(
      Constant x, Set<Integer> axes, BinaryOperator<BatchCount> operator) {
    long[] own = x.extents();
    long[] ones = withOnes(own, axes);
    BatchCount[] values = new BatchCount[Constant.size(ones)];
    for (int i = 0; i < x.size(); i++) {
      long[] place = LayoutFolds.place(i, own);
      axes.forEach(axis -> place[axis] = 0);
      int to = LayoutFolds.flat(place, ones);
      values[to] = values[to] == null ? x.at(i) : operator.apply(values[to], x.at(i));
    }
    return values;
  }

  private static long[] withOnes(long[] extents, Set<Integer> axes) {
    return IntStream.range(0, extents.length)
        .mapToLong(axis -> axes.contains(axis) ? 1 : extents[axis])
        .toArray();
  }

  private static long[] without(long[] extents, Set<Integer> axes) {
    return IntStream.range(0, extents.length)
        .filter(axis -> !axes.contains(axis))
        .mapToLong(axis -> extents[axis])
        .toArray();
  }
}
