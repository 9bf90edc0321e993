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
        (g, n, dy) -> turnedIf(turnsA(n), g, g.matMul(dy, turnedIf(!turnsB(n), g, n.input(1)))),
        (g, n, dy) -> turnedIf(turnsB(n), g, g.matMul(turnedIf(!turnsA(n), g, n.input(0)), dy)),
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

  private static boolean turnsA(Node n) {
    return n.attributes().flag("transA");
  }

  private static boolean turnsB(Node n) {
    return n.attributes().flag("transB");
  }

  private static Value turnedIf(boolean turned, Ops g, Value x) {
    return turned ? g.transposeMatrix(x) : x;
  }
}
