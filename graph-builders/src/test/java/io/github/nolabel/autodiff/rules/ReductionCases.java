package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class ReductionCases {

  private ReductionCases() {}

  /** One of the reductions. */
  @FunctionalInterface
  private interface Reduction {
    Value apply(Ops g, Value x, boolean keepDims, int... axes);
  }

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    everyWay(cases, "ReduceSum", Ops::reduceSum);
    everyWay(cases, "ReduceMean", Ops::reduceMean);
    everyWay(cases, "ReduceMax", Ops::reduceMax);
    everyWay(cases, "ReduceMin", Ops::reduceMin);
    everyWay(cases, "ReduceLogSumExp", Ops::reduceLogSumExp);
    cases.add(
        GradientCase.of(
            "ReduceMean",
            "over two batch axes",
            (g, x) -> g.reduceMean(g.exp(g.matMul(x.get(0), g.transposeMatrix(x.get(0)))), false),
            batch(4)));
    cases.add(
        GradientCase.of(
            "ReduceMean",
            "global average pool",
            (g, x) -> g.globalAveragePool(x.get(0)),
            batch(2, 3, 4)));
    return cases;
  }

  private static void everyWay(List<GradientCase> cases, String op, Reduction reduction) {
    int[][] choices = {{}, {0}, {1}, {-1}, {0, 2}, {1, 2}, {0, 1, 2}, {2, -3}};
    for (Operand x : List.of(in(2, 3, 4), batch(2, 3))) {
      for (int[] axes : choices) {
        for (boolean keepDims : new boolean[] {false, true}) {
          cases.add(
              GradientCase.of(
                  op,
                  x.shape() + " over " + Arrays.toString(axes) + (keepDims ? " kept" : ""),
                  (g, v) -> reduction.apply(g, v.get(0), keepDims, axes),
                  op.matches("ReduceM(ax|in)") ? x.distinct() : x));
        }
      }
    }
  }
}
