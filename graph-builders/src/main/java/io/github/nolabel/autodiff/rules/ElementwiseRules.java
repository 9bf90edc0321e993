package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.autodiff.InputRule;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Element-wise operators. Broadcasting is undone by the engine, so each row is pure calculus. At
 * kinks: zero for Relu and Abs, half to each side for equal operands of Min and Max, and one inside
 * the closed interval of Clip.
 */
final class ElementwiseRules {

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private ElementwiseRules() {}

  static void addTo(GradientTable.Builder table) {
    table
        .unary("Neg", (g, x, y, dy) -> g.neg(dy))
        .unary("Exp", (g, x, y, dy) -> g.mul(dy, y))
        .unary("Sin", (g, x, y, dy) -> g.mul(dy, g.cos(x)))
        .unary("Cos", (g, x, y, dy) -> g.neg(g.mul(dy, g.sin(x))))
        .unary("Log", (g, x, y, dy) -> g.div(dy, x))
        .unary("Sqrt", (g, x, y, dy) -> g.div(dy, g.add(y, y)))
        .unary("Reciprocal", (g, x, y, dy) -> g.neg(g.mul(dy, g.mul(y, y))))
        .unary("Abs", (g, x, y, dy) -> g.mul(dy, g.sign(x)))
        .unary(
            "Erf", (g, x, y, dy) -> g.mul(dy, g.mul(g.exp(g.neg(g.mul(x, x))), TWO_OVER_SQRT_PI)))
        .unary("Relu", (g, x, y, dy) -> g.reluGrad(dy, y))
        .unary("Sigmoid", (g, x, y, dy) -> g.mul(dy, g.mul(y, g.sub(g.constant(1), y))))
        .unary("Tanh", (g, x, y, dy) -> g.mul(dy, g.sub(g.constant(1), g.mul(y, y))))
        .unary("Softplus", (g, x, y, dy) -> g.mul(dy, g.sigmoid(x)))
        .unary("Gelu", (g, x, y, dy) -> g.geluGrad(dy, x))
        .ofNode("Pow", (g, node, dy) -> g.mul(dy, powerRule(g, node.input(0), exponent(node))))
        .ofNode("Clip", (g, node, dy) -> g.mul(dy, inside(g, node)))
        .ofNode("Cast", (g, node, dy) -> g.cast(dy, node.input(0).type()));

    table
        .binary("Add", (g, a, b, y, dy) -> dy, (g, a, b, y, dy) -> dy)
        .binary("Sub", (g, a, b, y, dy) -> dy, (g, a, b, y, dy) -> g.neg(dy))
        .binary("Mul", (g, a, b, y, dy) -> g.mul(dy, b), (g, a, b, y, dy) -> g.mul(dy, a))
        .binary(
            "Div",
            (g, a, b, y, dy) -> g.div(dy, b),
            (g, a, b, y, dy) -> g.neg(g.div(g.mul(dy, y), b)))
        .binary(
            "Min",
            (g, a, b, y, dy) -> g.mul(dy, share(g, g.less(a, b), g.equal(a, b))),
            (g, a, b, y, dy) -> g.mul(dy, share(g, g.less(b, a), g.equal(a, b))))
        .binary(
            "Max",
            (g, a, b, y, dy) -> g.mul(dy, share(g, g.greater(a, b), g.equal(a, b))),
            (g, a, b, y, dy) -> g.mul(dy, share(g, g.greater(b, a), g.equal(a, b))));

    table.put(
        "Where",
        new InputRule.NonDifferentiable(),
        new InputRule.Differentiable((g, n, dy) -> g.where(n.input(0), dy.first(), g.constant(0))),
        new InputRule.Differentiable((g, n, dy) -> g.where(n.input(0), g.constant(0), dy.first())));
  }

  private static double exponent(io.github.nolabel.graph.Node node) {
    return node.attributes().number("exponent");
  }

  private static Value powerRule(Ops g, Value x, double exponent) {
    return g.mul(g.pow(x, exponent - 1), exponent);
  }

  private static Value inside(Ops g, io.github.nolabel.graph.Node node) {
    Value x = node.input(0);
    Value outside =
        g.or(
            g.less(x, g.constant(node.attributes().number("min"))),
            g.greater(x, g.constant(node.attributes().number("max"))));
    return g.where(outside, g.constant(0), g.constant(1));
  }

  /** One where the operand wins, one half at a tie, zero elsewhere. */
  private static Value share(Ops g, Value wins, Value ties) {
    return g.where(wins, g.constant(1), g.where(ties, g.constant(0.5), g.constant(0)));
  }
}
