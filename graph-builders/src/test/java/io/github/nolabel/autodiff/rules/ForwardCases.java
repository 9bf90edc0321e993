package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.booleans;
import static io.github.nolabel.autodiff.rules.Operand.in;
import static io.github.nolabel.autodiff.rules.Operand.indices;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** Operators without a gradient: only their values are checked. */
final class ForwardCases {

  private ForwardCases() {}

  static List<GradientCase> all() {
    return List.of(
        value(
            "Equal",
            "numbers",
            (g, x) -> g.equal(x.get(0), x.get(1)),
            indices(3, 4),
            indices(3, 4)),
        value("Less", "broadcast", (g, x) -> g.less(x.get(0), x.get(1)), batch(4), in(4)),
        value("Greater", "itself", (g, x) -> g.greater(x.get(0), x.get(0)), in(4)),
        value("And", "broadcast", (g, x) -> g.and(x.get(0), x.get(1)), booleans(4, 3), booleans(3)),
        value(
            "Or", "broadcast", (g, x) -> g.or(x.get(0), x.get(1)), booleans(4, 3), booleans(4, 1)),
        value("Not", "same", (g, x) -> g.not(x.get(0)), booleans(5)),
        value("IsNaN", "all kinds", (g, x) -> g.isNaN(g.log(x.get(0))), in(3).given(-1, 0, 1)),
        value("IsInf", "all kinds", (g, x) -> g.isInf(g.log(x.get(0))), in(3).given(-1, 0, 1)),
        value("Sign", "all kinds", (g, x) -> g.sign(x.get(0)), in(3).given(-2, 0, 3)),
        value("Detach", "same", (g, x) -> g.detach(x.get(0)), batch(2)),
        value("ZerosLike", "batch", (g, x) -> g.zerosLike(x.get(0)), batch(2)),
        value("ZerosLike", "integers", (g, x) -> g.zerosLike(x.get(0)), indices(5, 2, 3)),
        value("ElementCount", "batch", (g, x) -> g.elementCount(x.get(0)), batch(2)),
        value("RowNumbers", "batch", (g, x) -> g.rowNumbers(x.get(0)), batch(2)),
        value("RowNumbers", "fixed", (g, x) -> g.rowNumbers(x.get(0)), in(4, 2)),
        value("RowNumbers", "diagonal", (g, x) -> g.diagonal(x.get(0)), batch(2)),
        value("Numbers", "five", (g, x) -> g.numbers(5)),
        value("Constant", "number", (g, x) -> g.constant(0.1)),
        value("Constant", "whole number", (g, x) -> g.integer(1L << 40)),
        value("Constant", "tensor", (g, x) -> g.constant(Tensor.of(new float[] {1, 2}, 2, 1))),
        value("Mod", "both signs", ForwardCases::remainder, indices(100, 6)),
        value("Add", "integers", (g, x) -> g.add(x.get(0), x.get(1)), indices(9, 4), indices(9, 4)),
        value("Mul", "beyond float64", ForwardCases::largeSquare, indices(9, Shape.batched(2))),
        value("Cast", "to integers", (g, x) -> g.cast(x.get(0), ElementType.INT64), in(4)),
        value("Cast", "from truth", (g, x) -> g.cast(x.get(0), ElementType.FLOAT), booleans(4)),
        value(
            "Reshape", "integers", (g, x) -> g.reshape(x.get(0), Shape.of(3, 2)), indices(9, 2, 3)),
        value("BatchNormInternal", "statistics", ForwardCases::statistics, batch(2, 3), in(2)));
  }

  private static GradientCase value(
      String op, String variant, GradientCase.Building building, Operand... operands) {
    return GradientCase.of(op, variant, building, operands);
  }

  private static Value remainder(Ops g, List<Value> x) {
    return g.mod(g.sub(x.get(0), g.integer(50)), g.integer(7));
  }

  private static Value largeSquare(Ops g, List<Value> x) {
    Value large = g.add(x.get(0), g.integer((1L << 31) - 10));
    return g.mod(g.mul(large, large), g.integer(1000));
  }

  private static Value statistics(Ops g, List<Value> x) {
    Value ones = g.exp(g.zerosLike(x.get(1)));
    List<Value> results =
        g.batchNormTraining(
            x.get(0), x.get(1), x.get(1), g.mul(x.get(1), 2), g.mul(ones, 3), 0.8, 1e-3);
    List<Value> vectors = results.subList(1, 5).stream().map(v -> g.mul(v, 1.5)).toList();
    return g.concat(0, vectors);
  }
}
