package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Reductions: the cotangent is spread again over what was reduced. Equal extremes share it. */
final class ReductionRules {

  private ReductionRules() {}

  static void addTo(GradientTable.Builder table) {
    table
        .ofNode("ReduceSum", (g, n, dy) -> spread(g, n, dy))
        .ofNode("ReduceMean", (g, n, dy) -> spread(g, n, g.div(dy, count(g, n))))
        .ofNode("ReduceLogSumExp", (g, n, dy) -> g.mul(restored(g, n, dy), softmax(g, n)))
        .ofNode("ReduceMax", (g, n, dy) -> g.mul(restored(g, n, dy), winners(g, n)))
        .ofNode("ReduceMin", (g, n, dy) -> g.mul(restored(g, n, dy), winners(g, n)));
  }

  private static Value spread(Ops g, Node n, Value reduced) {
    return g.expandLike(restored(g, n, reduced), n.input(0));
  }

  /** The reduced axes as axes of extent one; a scalar broadcasts as it is. */
  private static Value restored(Ops g, Node n, Value reduced) {
    boolean broadcasts = n.attributes().flag("keepdims") || reduced.shape().rank() == 0;
    return broadcasts ? reduced : g.unsqueeze(reduced, axes(n));
  }

  /** How many elements became one: known in advance unless the batch is among them. */
  private static Value count(Ops g, Node n) {
    Shape shape = n.input(0).shape();
    List<Dim> reduced = Arrays.stream(axes(n)).mapToObj(shape::dim).toList();
    return reduced.stream().allMatch(Dim::isFixed)
        ? g.constant((double) new Shape(reduced).elements().extent())
        : g.div(g.elementCount(n.input(0)), g.elementCount(n.output()));
  }

  /** Along one axis by the kernel, which is exact where the sum's rounding would show. */
  private static Value softmax(Ops g, Node n) {
    int[] axes = axes(n);
    return axes.length == 1
        ? g.softmax(n.input(0), axes[0])
        : g.exp(g.sub(n.input(0), restored(g, n, n.output())));
  }

  private static Value winners(Ops g, Node n) {
    Value wins = g.cast(g.equal(n.input(0), restored(g, n, n.output())), ElementType.FLOAT);
    return g.div(wins, g.reduceSum(wins, true, axes(n)));
  }

  private static int[] axes(Node n) {
    return n.attributes().integers("axes").stream().mapToInt(Long::intValue).toArray();
  }
}
