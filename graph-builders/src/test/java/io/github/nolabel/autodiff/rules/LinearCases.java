package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.List;

final class LinearCases {

  private LinearCases() {}

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    cases.add(matMul(in(2, 3), in(3, 4)));
    cases.add(matMul(batch(3), in(3, 4)));
    cases.add(matMul(in(5, 2, 3), in(3, 4)));
    cases.add(matMul(batch(5, 3), in(3, 2)));
    cases.add(matMul(batch(2, 5, 3), in(3, 2)));
    cases.add(matMul(in(2, 3, 4), in(2, 4, 5)));
    cases.add(matMul(in(2, 1, 3, 4), in(3, 4, 2)));
    cases.add(matMul(in(3, 4), in(2, 4, 2)));
    cases.add(matMul(batch(2, 4, 3), batch(2, 3, 4)));
    cases.add(matMul(batch(2, 4, 3), batch(1, 3, 4)));
    cases.add(matMul(in(1, 3, 4), in(2, 4, 2)));
    cases.add(
        GradientCase.of(
            "MatMul",
            "similarities of a batch",
            (g, x) -> g.matMul(x.get(0), g.transposeMatrix(x.get(0))),
            batch(4)));
    for (boolean a : new boolean[] {false, true}) {
      for (boolean b : new boolean[] {false, true}) {
        cases.add(gemm(a, b, in(2, 4)));
        cases.add(gemm(a, b, in(4)));
      }
    }
    cases.add(gemm(false, true, in(2, 1)));
    cases.add(gemm(true, false, in()));
    Operand wide = in(new Shape(List.of(Dim.of(3), Dim.BATCH)));
    cases.add(
        GradientCase.of(
            "Gemm",
            "batch transposed",
            (g, x) -> g.gemm(x.get(0), x.get(1), x.get(2), true, false),
            wide,
            in(3, 4),
            in(4)));
    return cases;
  }

  private static GradientCase matMul(Operand a, Operand b) {
    return GradientCase.of(
        "MatMul", a.shape() + " x " + b.shape(), (g, x) -> g.matMul(x.get(0), x.get(1)), a, b);
  }

  private static GradientCase gemm(boolean turnA, boolean turnB, Operand addend) {
    return GradientCase.of(
        "Gemm",
        "%s, %s plus %s".formatted(turnA ? "AT" : "A", turnB ? "BT" : "B", addend.shape()),
        (g, x) -> g.gemm(x.get(0), x.get(1), x.get(2), turnA, turnB),
        turnA ? in(3, 2) : in(2, 3),
        turnB ? in(4, 3) : in(3, 4),
        addend);
  }
}
