package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Matrix products. */
final class LinearRules {

  private LinearRules() {}

  static void addTo(GradientTable.Builder table) {
    table.binary(
        "MatMul",
        (g, a, b, y, dy) -> g.matMul(dy, g.transposeMatrix(b)),
        (g, a, b, y, dy) ->
            sharedByRows(a, b) ? rowsGradient(g, a, b, dy) : g.matMul(g.transposeMatrix(a), dy));

    table.ofNode(
        "Gemm",
        (g, n, dy) -> turned(g, n, "transA", g.matMul(dy, g.transposeMatrix(right(g, n)))),
        (g, n, dy) -> turned(g, n, "transB", g.matMul(g.transposeMatrix(left(g, n)), dy)),
        (g, n, dy) -> dy);
  }

  private static boolean sharedByRows(Value a, Value b) {
    return a.shape().rank() > 2 && b.shape().rank() == 2;
  }

  /** One matrix for all leading axes: they join the rows, and one product sums over them. */
  private static Value rowsGradient(Ops g, Value a, Value b, Value dy) {
    Value left = g.reshape(a, Rows.of(a, b.shape().extent(0)));
    Value right = g.reshape(dy, Rows.of(dy, b.shape().extent(1)));
    return g.matMul(g.transposeMatrix(left), right);
  }

  private static Value left(Ops g, Node n) {
    return turned(g, n, "transA", n.input(0));
  }

  private static Value right(Ops g, Node n) {
    return turned(g, n, "transB", n.input(1));
  }

  private static Value turned(Ops g, Node n, String flag, Value x) {
    return n.attributes().flag(flag) ? g.transposeMatrix(x) : x;
  }
}
