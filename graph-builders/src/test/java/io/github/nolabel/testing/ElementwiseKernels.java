package io.github.nolabel.testing;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

final class ElementwiseKernels {

  private ElementwiseKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    unary(kernels, "Neg", x -> -x);
    unary(kernels, "Exp", Math::exp);
    unary(kernels, "Sin", Math::sin);
    unary(kernels, "Cos", Math::cos);
    unary(kernels, "Log", Math::log);
    unary(kernels, "Sqrt", Math::sqrt);
    unary(kernels, "Reciprocal", x -> 1 / x);
    unary(kernels, "Abs", Math::abs);
    unary(kernels, "Sign", Math::signum);
    unary(kernels, "Erf", ElementwiseKernels::erf);
    unary(kernels, "Relu", x -> Math.max(x, 0));
    unary(kernels, "Sigmoid", x -> 1 / (1 + Math.exp(-x)));
    unary(kernels, "Tanh", Math::tanh);
    unary(kernels, "Softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
    unary(kernels, "Gelu", x -> x * normalDistribution(x));
    binary(kernels, "Div", (a, b) -> a / b);
    binary(kernels, "Min", Math::min);
    binary(kernels, "Max", Math::max);
    binary(kernels, "ReluGrad", (dy, y) -> y > 0 ? dy : 0);
    binary(kernels, "GeluGrad", (dy, x) -> dy * geluSlope(x));
    binary(kernels, "Add", Double::sum, Long::sum);
    binary(kernels, "Sub", (a, b) -> a - b, (a, b) -> a - b);
    binary(kernels, "Mul", (a, b) -> a * b, (a, b) -> a * b);
    binary(kernels, "Mod", Math::IEEEremainder, Math::floorMod);
    kernels.put("Pow", Kernel.of((n, in) -> power(in.get(0), n.attributes().number("exponent"))));
    kernels.put("Clip", Kernel.of(ElementwiseKernels::clip));
    kernels.put("Detach", (n, in) -> List.of(in.get(0)));
    kernels.put("Constant", Kernel.of((n, in) -> constant(n)));
    kernels.put("ZerosLike", Kernel.of((n, in) -> in.get(0).picked(in.get(0).shape(), i -> -1)));
  }

  private static void unary(Map<String, Kernel> kernels, String op, DoubleUnaryOperator function) {
    kernels.put(op, Kernel.of((n, in) -> in.get(0).map(function)));
  }

  private static void binary(
      Map<String, Kernel> kernels, String op, DoubleBinaryOperator function) {
    kernels.put(op, Kernel.of((n, in) -> numbers(in, function)));
  }

  private static void binary(
      Map<String, Kernel> kernels,
      String op,
      DoubleBinaryOperator function,
      LongBinaryOperator ofIntegers) {
    kernels.put(
        op,
        Kernel.of(
            (n, in) ->
                in.get(0).type() == ElementType.INT64
                    ? integers(in, ofIntegers)
                    : numbers(in, function)));
  }

  private static Nd numbers(List<Nd> in, DoubleBinaryOperator function) {
    int[] shape = Index.broadcast(in.get(0).shape(), in.get(1).shape());
    Nd a = in.get(0).broadcastTo(shape);
    Nd b = in.get(1).broadcastTo(shape);
    return Nd.of(shape, i -> function.applyAsDouble(a.at(i), b.at(i)));
  }

  private static Nd integers(List<Nd> in, LongBinaryOperator function) {
    int[] shape = Index.broadcast(in.get(0).shape(), in.get(1).shape());
    Nd a = in.get(0).broadcastTo(shape);
    Nd b = in.get(1).broadcastTo(shape);
    return Nd.integers(shape, i -> function.applyAsLong(a.integerAt(i), b.integerAt(i)));
  }

  private static Nd power(Nd x, double exponent) {
    return x.map(v -> Math.pow(v, exponent));
  }

  private static Nd clip(Node node, List<Nd> in) {
    double min = node.attributes().number("min");
    double max = node.attributes().number("max");
    return in.get(0).map(v -> Math.min(Math.max(v, min), max));
  }

  private static Nd constant(Node node) {
    Object value = node.attributes().values().get("value");
    if (value instanceof Tensor tensor) {
      return Nd.of(tensor);
    }
    return value instanceof Long integer
        ? Nd.integers(new int[0], i -> integer)
        : Nd.scalar(node.attributes().number("value"));
  }

  private static double geluSlope(double x) {
    return normalDistribution(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double normalDistribution(double x) {
    return (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /** {@code 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!}: no cancellation. */
  private static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
