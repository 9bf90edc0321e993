package io.github.nolabel.imported.rules;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.imported.table.Call;
import io.github.nolabel.imported.table.ImportTable;
import io.github.nolabel.imported.table.Use;

/** Products of matrices. */
final class ProductRules {

  private ProductRules() {}

  static void addTo(ImportTable.Builder table) {
    table
        .live("MatMul", c -> c.g().matMul(c.live(0, Use.KERNEL), c.live(1, Use.KERNEL)))
        .live("Gemm", ProductRules::gemm);
  }

  private static Value gemm(Call call) {
    Ops g = call.g();
    double alpha = call.attributes().number("alpha", 1);
    double beta = call.attributes().number("beta", 1);
    boolean transA = call.attributes().flag("transA", false);
    boolean transB = call.attributes().flag("transB", false);
    Value a = call.live(0, Use.KERNEL);
    Value scaled = alpha == 1 ? a : g.mul(a, alpha);
    Value b = call.live(1, Use.KERNEL);
    if (!call.has(2)) {
      return g.matMul(
          transA ? g.transposeMatrix(scaled) : scaled, transB ? g.transposeMatrix(b) : b);
    }
    Value given = call.live(2, Use.OFFSET);
    Value c = given.shape().rank() == 0 ? g.reshape(given, Shape.of(1)) : given;
    return g.gemm(scaled, b, beta == 1 ? c : g.mul(c, beta), transA, transB);
  }
}
