package io.github.nolabel.imported.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Shapes;
import io.github.nolabel.imported.table.Call;
import io.github.nolabel.imported.table.Count;
import io.github.nolabel.imported.table.ImportTable;
import io.github.nolabel.imported.table.Known;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on constants: mostly what exporters compute shapes with. */
final class ArithmeticFolds {

  private static final int FLOAT16 = 10;

  private ArithmeticFolds() {}

  static void addTo(ImportTable.Builder table) {
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
        .fold("Neg", c -> binaryWith(c, Count.of(-1), ArithmeticFolds::product))
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
        .fold("Identity", c -> c.known(0));
  }

  private static Count sum(Count a, Count b, int sign) {
    return new Count(a.fixed() + sign * b.fixed(), a.perSample() + sign * b.perSample());
  }

  private static Count product(Count a, Count b) {
    Count factor = a.isFixed() ? a : fixed(b);
    Count other = a.isFixed() ? b : a;
    return new Count(factor.fixed() * other.fixed(), factor.fixed() * other.perSample());
  }

  /** Whole numbers are cut off; both parts of one with the batch size must divide. */
  private static BinaryOperator<Count> divided(Call call) {
    boolean whole = call.known(0).type() == ElementType.INT64;
    return (a, b) -> {
      if (!a.isFixed() && a.fixed() == 0 && b.fixed() == 0 && !b.isFixed()) {
        return Count.of(a.perSample() / b.perSample());
      }
      double divisor = fixed(b).fixed();
      Count exact = new Count(a.fixed() / divisor, a.perSample() / divisor);
      if (!whole) {
        return exact;
      }
      if (exact.perSample() != Math.rint(exact.perSample())) {
        fixed(a);
      }
      double cut = exact.fixed() < 0 ? Math.ceil(exact.fixed()) : Math.floor(exact.fixed());
      return new Count(cut, exact.perSample());
    };
  }

  /** With the sign of the divisor, or with that of the dividend where the file says so. */
  private static DoubleBinaryOperator remainder(Call call) {
    return call.attributes().flag("fmod", false)
        ? (a, b) -> a % b
        : (a, b) -> a - b * Math.floor(a / b);
  }

  private static BinaryOperator<Count> plain(DoubleBinaryOperator operator) {
    return (a, b) -> Count.of(operator.applyAsDouble(fixed(a).fixed(), fixed(b).fixed()));
  }

  /** Numbers that grow with the batch are taken to differ from those that do not. */
  private static Known compare(Call call, DoublePredicate ofDifference) {
    Known differences = binary(call, (a, b) -> sum(a, b, -1));
    return Known.of(
        ElementType.BOOL,
        differences.extents(),
        i -> {
          Count d = differences.at(i);
          double sign = d.isFixed() ? d.fixed() : Math.signum(d.perSample());
          return Count.of(ofDifference.test(sign) ? 1 : 0);
        });
  }

  private static Known binary(Call call, BinaryOperator<Count> operator) {
    Known result = call.known(0);
    for (int i = 1; i < call.inputCount(); i++) {
      result = binary(result, call.known(i), operator);
    }
    return result;
  }

  private static Known binary(Known a, Known b, BinaryOperator<Count> operator) {
    Shape shape = Shapes.broadcast("Constant", Shape.of(a.extents()), Shape.of(b.extents()));
    Known left = LayoutFolds.broadcast(a, shape.at(0));
    Known right = LayoutFolds.broadcast(b, shape.at(0));
    return Known.of(a.type(), shape.at(0), i -> operator.apply(left.at(i), right.at(i)));
  }

  private static Known binaryWith(Call call, Count second, BinaryOperator<Count> operator) {
    Known x = call.known(0);
    return Known.of(x.type(), x.extents(), i -> operator.apply(x.at(i), second));
  }

  private static Known unary(Call call, DoubleUnaryOperator operator) {
    Known x = call.known(0);
    return Known.of(
        x.type(), x.extents(), i -> Count.of(operator.applyAsDouble(fixed(x.at(i)).fixed())));
  }

  private static Known where(Call call) {
    Known a = call.known(1);
    Shape branches =
        Shapes.broadcast("Where", Shape.of(a.extents()), Shape.of(call.known(2).extents()));
    Shape shape = Shapes.broadcast("Where", Shape.of(call.known(0).extents()), branches);
    Known condition = LayoutFolds.broadcast(call.known(0), shape.at(0));
    Known yes = LayoutFolds.broadcast(a, shape.at(0));
    Known no = LayoutFolds.broadcast(call.known(2), shape.at(0));
    return Known.of(
        a.type(), shape.at(0), i -> condition.at(i).fixed() != 0 ? yes.at(i) : no.at(i));
  }

  private static Known cast(Call call, ElementType type) {
    Known x = call.known(0);
    return Known.of(type, x.extents(), i -> converted(x.at(i), type));
  }

  private static Count converted(Count count, ElementType type) {
    return switch (type) {
      case INT64 -> new Count((long) count.fixed(), count.perSample());
      case BOOL -> Count.of(count.fixed() != 0 || !count.isFixed() ? 1 : 0);
      default -> count;
    };
  }

  /** All floats are one type here, and all integers. */
  static ElementType type(Call call, long code) {
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

  private static Count fixed(Count count) {
    if (!count.isFixed()) {
      throw new IllegalStateException("a number depends on the batch size");
    }
    return count;
  }
}
