package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Shapes;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on constants: mostly what exporters compute shapes with. */
final class ArithmeticFolds {

  private static final int FLOAT16 = 10;

  private ArithmeticFolds() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .fold("Add", c -> binary(c, (a, b) -> sum(a, b, 1)))
        .fold("Sub", c -> binary(c, (a, b) -> sum(a, b, -1)))
        .fold("Mul", c -> binary(c, ArithmeticFolds::product))
        .fold("Div", c -> binary(c, divided(c)))
        .fold("Mod", c -> binary(c, plain(remainder(c))))
        .fold("Pow", c -> binary(c, plain(Math::pow)))
        .fold("Min", c -> binary(c, plain(Math::min)))
        .fold("Max", c -> binary(c, plain(Math::max)));
    table
        .fold("Neg", c -> binaryWith(c, BatchCount.of(-1), ArithmeticFolds::product))
        .fold("Abs", c -> unary(c, Math::abs))
        .fold("Sqrt", c -> unary(c, Math::sqrt))
        .fold("Exp", c -> unary(c, Math::exp))
        .fold("Log", c -> unary(c, Math::log))
        .fold("Sin", c -> unary(c, Math::sin))
        .fold("Cos", c -> unary(c, Math::cos))
        .fold("Floor", c -> unary(c, Math::floor))
        .fold("Ceil", c -> unary(c, Math::ceil))
        .fold("Round", c -> unary(c, Math::rint))
        .fold("Sign", c -> unary(c, Math::signum))
        .fold("Reciprocal", c -> unary(c, x -> 1 / x));
    table
        .fold("Equal", c -> compare(c, d -> d == 0))
        .fold("Less", c -> compare(c, d -> d < 0))
        .fold("Greater", c -> compare(c, d -> d > 0))
        .fold("LessOrEqual", c -> compare(c, d -> d <= 0))
        .fold("GreaterOrEqual", c -> compare(c, d -> d >= 0))
        .fold("And", c -> binary(c, plain((a, b) -> a * b)))
        .fold("Or", c -> binary(c, plain(Math::max)))
        .fold("Not", c -> unary(c, x -> 1 - x))
        .fold("Where", ArithmeticFolds::where)
        .fold("Cast", c -> cast(c, type(c, c.attributes().integer("to", 1))))
        .fold("CastLike", c -> cast(c, c.known(1).type()))
        .fold("Identity", c -> c.known(0))
        .fold("Clip", ArithmeticFolds::clip);
  }

  private static BatchCount sum(BatchCount a, BatchCount b, int sign) {
    return new BatchCount(a.fixed() + sign * b.fixed(), a.perSample() + sign * b.perSample());
  }

  private static BatchCount product(BatchCount a, BatchCount b) {
    if (a.isFixed() && b.isFixed()) {
      return BatchCount.of(a.fixed() * b.fixed());
    }
    BatchCount factor = a.isFixed() ? a : fixed(b);
    BatchCount other = a.isFixed() ? b : a;
    return new BatchCount(factor.fixed() * other.fixed(), factor.fixed() * other.perSample());
  }

  /** Whole numbers are cut off; both parts of one with the batch size must divide. */
  private static BinaryOperator<BatchCount> divided(OperatorCall call) {
    boolean whole = call.known(0).type() == ElementType.INT64;
    return (a, b) -> {
      if (!a.isFixed() && a.fixed() == 0 && b.fixed() == 0 && !b.isFixed()) {
        return BatchCount.of(a.perSample() / b.perSample());
      }
      double divisor = fixed(b).fixed();
      double grows = a.isFixed() ? 0 : a.perSample() / divisor;
      BatchCount exact = new BatchCount(a.fixed() / divisor, grows);
      if (!whole) {
        return exact;
      }
      if (exact.perSample() != Math.rint(exact.perSample())) {
        fixed(a);
      }
      double cut = exact.fixed() < 0 ? Math.ceil(exact.fixed()) : Math.floor(exact.fixed());
      return new BatchCount(cut, exact.perSample());
    };
  }

  /** With the sign of the divisor, or with that of the dividend where the file says so. */
  private static DoubleBinaryOperator remainder(OperatorCall call) {
    return call.attributes().flag("fmod", false)
        ? (a, b) -> a % b
        : (a, b) -> a - b * Math.floor(a / b);
  }

  private static BinaryOperator<BatchCount> plain(DoubleBinaryOperator operator) {
    return (a, b) -> BatchCount.of(operator.applyAsDouble(fixed(a).fixed(), fixed(b).fixed()));
  }

  /** Numbers that grow with the batch are taken to differ from those that do not. */
  private static Constant compare(OperatorCall call, DoublePredicate ofDifference) {
    Constant differences = binary(call, (a, b) -> sum(a, b, -1));
    return Constant.of(
        ElementType.BOOL,
        differences.extents(),
        i -> {
          BatchCount d = differences.at(i);
          double sign = d.isFixed() ? d.fixed() : Math.signum(d.perSample());
          return BatchCount.of(ofDifference.test(sign) ? 1 : 0);
        });
  }

  private static Constant binary(OperatorCall call, BinaryOperator<BatchCount> operator) {
    Constant result = call.known(0);
    for (int i = 1; i < call.inputCount(); i++) {
      result = binary(result, call.known(i), operator);
    }
    return result;
  }

  private static Constant binary(Constant a, Constant b, BinaryOperator<BatchCount> operator) {
    Shape shape = Shapes.broadcast("Constant", Shape.of(a.extents()), Shape.of(b.extents()));
    Constant left = LayoutFolds.broadcast(a, shape.at(0));
    Constant right = LayoutFolds.broadcast(b, shape.at(0));
    return Constant.of(a.type(), shape.at(0), i -> operator.apply(left.at(i), right.at(i)));
  }

  private static Constant binaryWith(
      OperatorCall call, BatchCount second, BinaryOperator<BatchCount> operator) {
    Constant x = call.known(0);
    return Constant.of(x.type(), x.extents(), i -> operator.apply(x.at(i), second));
  }

  private static Constant unary(OperatorCall call, DoubleUnaryOperator operator) {
    Constant x = call.known(0);
    return Constant.of(
        x.type(), x.extents(), i -> BatchCount.of(operator.applyAsDouble(fixed(x.at(i)).fixed())));
  }

  private static Constant where(OperatorCall call) {
    Constant a = call.known(1);
    Shape branches =
        Shapes.broadcast("Where", Shape.of(a.extents()), Shape.of(call.known(2).extents()));
    Shape shape = Shapes.broadcast("Where", Shape.of(call.known(0).extents()), branches);
    Constant condition = LayoutFolds.broadcast(call.known(0), shape.at(0));
    Constant yes = LayoutFolds.broadcast(a, shape.at(0));
    Constant no = LayoutFolds.broadcast(call.known(2), shape.at(0));
    return Constant.of(
        a.type(), shape.at(0), i -> condition.at(i).fixed() != 0 ? yes.at(i) : no.at(i));
  }

  private static Constant clip(OperatorCall call) {
    double low = ActivationRules.bound(call, "min", 1, Double.NEGATIVE_INFINITY);
    double high = ActivationRules.bound(call, "max", 2, Double.POSITIVE_INFINITY);
    return unary(call, x -> Math.min(high, Math.max(low, x)));
  }

  private static Constant cast(OperatorCall call, ElementType type) {
    Constant x = call.known(0);
    return Constant.of(type, x.extents(), i -> converted(x.at(i), type));
  }

  private static BatchCount converted(BatchCount count, ElementType type) {
    return switch (type) {
      case INT64 -> new BatchCount((long) count.fixed(), count.perSample());
      case BOOL -> BatchCount.of(count.fixed() != 0 || !count.isFixed() ? 1 : 0);
      default -> count;
    };
  }

  /** All floats are one type here, and all integers. */
  static ElementType type(OperatorCall call, long code) {
    long[] floats = {1, FLOAT16, 11, 16};
    if (Arrays.stream(floats).anyMatch(f -> f == code)) {
      return ElementType.FLOAT;
    }
    if (code == ElementType.BOOL.onnxCode()) {
      return ElementType.BOOL;
    }
    if (code >= 2 && code <= 13 && code != 8) {
      return ElementType.INT64;
    }
    throw call.refuse("type %d cannot be trained".formatted(code), "Export the model in float32.");
  }

  private static BatchCount fixed(BatchCount count) {
    if (!count.isFixed()) {
      throw new IllegalStateException("a number depends on the batch size");
    }
    return count;
  }
}
