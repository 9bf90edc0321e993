package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.List;

/** Sums, products and functions of single elements. */
final class ArithmeticRules {

  private ArithmeticRules() {}

  /** Two operands to one value. */
  @FunctionalInterface
  private interface Binary {
    Value apply(Ops g, Value a, Value b);
  }

  /** One operand to one value. */
  @FunctionalInterface
  interface Unary {
    Value apply(Ops g, Value x);
  }

  static void addTo(TranslationTable.Builder table) {
    table
        .live("Add", c -> chain(c, WeightUse.ADDED, Ops::add))
        .live("Sum", c -> chain(c, WeightUse.ADDED, Ops::add))
        .live("Sub", c -> chain(c, WeightUse.ADDED, Ops::sub))
        .live("Mul", c -> chain(c, WeightUse.MULTIPLIED, Ops::mul))
        .live("Div", c -> chain(c, WeightUse.MULTIPLIED, Ops::div))
        .live("Min", c -> chain(c, WeightUse.DATA, Ops::min))
        .live("Max", c -> chain(c, WeightUse.DATA, Ops::max))
        .live("Mean", c -> c.g().mul(chain(c, WeightUse.ADDED, Ops::add), 1.0 / c.inputCount()))
        .live("Pow", ArithmeticRules::power);
    unary(table, "Neg", Ops::neg);
    unary(table, "Abs", Ops::abs);
    unary(table, "Sqrt", Ops::sqrt);
    unary(table, "Exp", Ops::exp);
    unary(table, "Log", Ops::log);
    unary(table, "Sign", Ops::sign);
    unary(table, "Erf", Ops::erf);
    unary(table, "Sin", Ops::sin);
    unary(table, "Cos", Ops::cos);
    unary(table, "Reciprocal", Ops::reciprocal);
    table.live("Identity", c -> c.live(0, WeightUse.LAYOUT)).live("Cast", ArithmeticRules::cast);
    table.live("CastLike", c -> c.live(0, WeightUse.LAYOUT));
    table.rule("Dropout", c -> List.<FileValue>of(new FileValue.Live(c.live(0, WeightUse.LAYOUT))));
  }

  static void unary(TranslationTable.Builder table, String op, Unary rule) {
    table.live(op, c -> rule.apply(c.g(), c.live(0)));
  }

  private static Value chain(OperatorCall call, WeightUse use, Binary operator) {
    List<Value> operands = new ArrayList<>(call.allLive(use));
    Value result = operands.remove(0);
    for (Value operand : operands) {
      result = operator.apply(call.g(), result, operand);
    }
    return result;
  }

  private static Value power(OperatorCall call) {
    double exponent = call.known(1).number();
    Value x = call.live(0);
    return exponent == 2 ? call.g().mul(x, x) : call.g().pow(x, exponent);
  }

  private static Value cast(OperatorCall call) {
    ElementType type = ArithmeticFolds.type(call, call.attributes().integer("to", 1));
    Value x = call.live(0, WeightUse.LAYOUT);
    if (x.type() == type) {
      return x;
    }
    if (x.type() == ElementType.FLOAT && type == ElementType.BOOL) {
      return call.g().not(call.g().equal(x, call.g().constant(0)));
    }
    if (x.type() == ElementType.FLOAT) {
      throw call.refuse(
          "it makes whole numbers of values that depend on the images",
          "Choose a feature output before it (backbone.featureOutput).");
    }
    return call.g().cast(x, type);
  }
}
