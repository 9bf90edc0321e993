package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.booleans;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

final class ElementwiseCases {

  private ElementwiseCases() {}

  /** An operator of two operands. */
  @FunctionalInterface
  private interface Binary {
    Value apply(Ops g, Value a, Value b);
  }

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    unary(cases, "Neg", Ops::neg, in(2, 3));
    unary(cases, "Exp", Ops::exp, batch(4));
    unary(cases, "Sin", Ops::sin, batch(4));
    unary(cases, "Cos", Ops::cos, batch(4));
    unary(cases, "Log", Ops::log, in(2, 3).positive());
    unary(cases, "Sqrt", Ops::sqrt, in(2, 3).positive());
    unary(cases, "Reciprocal", Ops::reciprocal, in(7).awayFromZero());
    unary(cases, "Abs", Ops::abs, in(2, 3).awayFromZero());
    unary(cases, "Erf", Ops::erf, in(3, 5));
    unary(cases, "Relu", Ops::relu, batch(5).awayFromZero());
    unary(cases, "Sigmoid", Ops::sigmoid, in(2, 3, 2));
    unary(cases, "Tanh", Ops::tanh, in(5));
    unary(cases, "Softplus", Ops::softplus, in(5));
    unary(cases, "Gelu", Ops::gelu, batch(6));
    unary(cases, "Sigmoid", Ops::quickGelu, batch(6));
    powers(cases);
    others(cases);
    binary(cases, "Add", Ops::add, false);
    binary(cases, "Sub", Ops::sub, false);
    binary(cases, "Mul", Ops::mul, false);
    binary(cases, "Div", Ops::div, true);
    binary(cases, "Min", Ops::min, false);
    binary(cases, "Max", Ops::max, false);
    where(cases);
    return cases;
  }

  private static void unary(
      List<GradientCase> cases, String op, BiFunction<Ops, Value, Value> apply, Operand x) {
    cases.add(GradientCase.of(op, x.shape().toString(), (g, v) -> apply.apply(g, v.get(0)), x));
  }

  private static void powers(List<GradientCase> cases) {
    for (double exponent : new double[] {2, 3, 0.5, -1, 1.7}) {
      cases.add(
          GradientCase.of(
              "Pow", "to " + exponent, (g, x) -> g.pow(x.get(0), exponent), in(6).positive()));
    }
    cases.add(
        GradientCase.of(
            "Pow", "squares of either sign", (g, x) -> g.pow(x.get(0), 2), in(6).awayFromZero()));
  }

  private static void others(List<GradientCase> cases) {
    cases.add(
        GradientCase.of(
            "Clip",
            "inside and outside",
            (g, x) -> g.clip(x.get(0), -0.5, 0.7),
            in(6).given(-2, -0.6, -0.4, 0.3, 0.6, 0.8)));
    cases.add(
        GradientCase.of(
            "Cast", "to itself", (g, x) -> g.cast(x.get(0), ElementType.FLOAT), in(2, 2)));
    cases.add(
        GradientCase.of(
            "Cast",
            "to double and back",
            (g, x) -> g.cast(g.exp(g.cast(x.get(0), ElementType.DOUBLE)), ElementType.FLOAT),
            in(2, 2)));
  }

  /** Every way two operands can broadcast, both ways round. */
  private static void binary(List<GradientCase> cases, String op, Binary apply, boolean divides) {
    List<List<Operand>> partners =
        List.of(
            List.of(in(2, 3), in(2, 3)),
            List.of(in(2, 3), in(3)),
            List.of(in(3, 4), in(3, 1)),
            List.of(in(3, 4), in().given(0.2)),
            List.of(in(1, 5), in(4, 1)),
            List.of(batch(4), in(4)),
            List.of(batch(2, 1), in(1, 1, 5)),
            List.of(batch(4), batch(1)));
    for (List<Operand> pair : partners) {
      Operand a = divides ? pair.get(0).awayFromZero() : pair.get(0);
      Operand b = divides ? pair.get(1).awayFromZero() : pair.get(1);
      cases.add(binaryCase(op, apply, a, b));
      if (!a.shape().equals(b.shape())) {
        cases.add(binaryCase(op, apply, b, a));
      }
    }
    cases.add(
        GradientCase.of(
            op,
            "an operand used thrice",
            (g, x) -> apply.apply(g, x.get(0), g.mul(x.get(0), x.get(0))),
            in(4).given(-1.2, 0.4, 0.7, 1.3)));
  }

  private static GradientCase binaryCase(String op, Binary apply, Operand a, Operand b) {
    return GradientCase.of(
        op, a.shape() + " with " + b.shape(), (g, x) -> apply.apply(g, x.get(0), x.get(1)), a, b);
  }

  private static void where(List<GradientCase> cases) {
    GradientCase.Building choose = (g, x) -> g.where(x.get(0), x.get(1), x.get(2));
    cases.add(GradientCase.of("Where", "same", choose, booleans(2, 3), in(2, 3), in(2, 3)));
    cases.add(GradientCase.of("Where", "condition wide", choose, booleans(4, 3), in(3), in()));
    cases.add(
        GradientCase.of("Where", "condition narrow", choose, booleans(3), in(2, 3), in(2, 1)));
    cases.add(GradientCase.of("Where", "batch", choose, booleans(1, 3), batch(3), in(3)));
  }
}
