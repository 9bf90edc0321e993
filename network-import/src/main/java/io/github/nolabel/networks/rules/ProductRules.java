package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;

/** Products of matrices. */
final class ProductRules {

  private ProductRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .live("MatMul", c -> c.g().matMul(c.live(0, WeightUse.KERNEL), c.live(1, WeightUse.KERNEL)))
        .live("Einsum", EinsumRule::of)
        .live("Gemm", ProductRules::gemm);
  }

  private static Value gemm(OperatorCall call) {
    Ops g = call.g();
    double alpha = call.attributes().number("alpha", 1);
    double beta = call.attributes().number("beta", 1);
    boolean transA = call.attributes().flag("transA", false);
    boolean transB = call.attributes().flag("transB", false);
    Value a = call.live(0, WeightUse.KERNEL);
    Value scaled = alpha == 1 ? a : g.mul(a, alpha);
    Value b = call.live(1, WeightUse.KERNEL);
    if (!call.has(2)) {
      return g.matMul(
          transA ? g.transposeMatrix(scaled) : scaled, transB ? g.transposeMatrix(b) : b);
    }
    Value given = call.live(2, WeightUse.OFFSET);
    Value c = given.shape().rank() == 0 ? g.reshape(given, Shape.of(1)) : given;
    return g.gemm(scaled, b, beta == 1 ? c : g.mul(c, beta), transA, transB);
  }
}
