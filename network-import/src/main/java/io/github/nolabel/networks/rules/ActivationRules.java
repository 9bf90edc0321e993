package io.github.nolabel.networks.rules;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.NodeAttributes;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;

/** Nonlinearities; those that the graph lacks are put together. */
final class ActivationRules {

  private static final double TANH_GELU_SCALE = Math.sqrt(2 / Math.PI);
  private static final double SELU_ALPHA = 1.6732631921768188;
  private static final double SELU_GAMMA = 1.0507010221481323;

  private ActivationRules() {}

  static void addTo(TranslationTable.Builder table) {
    ArithmeticRules.unary(table, "Relu", Ops::relu);
    ArithmeticRules.unary(table, "Sigmoid", Ops::sigmoid);
    ArithmeticRules.unary(table, "Tanh", Ops::tanh);
    ArithmeticRules.unary(table, "Softplus", Ops::softplus);
    ArithmeticRules.unary(table, "Softsign", (g, x) -> g.div(x, g.add(g.abs(x), g.constant(1))));
    ArithmeticRules.unary(table, "Mish", (g, x) -> g.mul(x, g.tanh(g.softplus(x))));
    ArithmeticRules.unary(table, "HardSwish", (g, x) -> g.mul(x, ramp(g, x, 1.0 / 6, 0.5)));
    table
        .live("Gelu", ActivationRules::gelu)
        .live(
            "HardSigmoid",
            c -> ramp(c.g(), c.live(0), number(c, "alpha", 0.2), number(c, "beta", 0.5)))
        .live("LeakyRelu", c -> leaky(c, c.g().constant(number(c, "alpha", 0.01))))
        .live("PRelu", c -> leaky(c, c.live(1, WeightUse.SCALE)))
        .live("Elu", c -> exponential(c, number(c, "alpha", 1), 1))
        .live("Celu", c -> exponential(c, number(c, "alpha", 1), number(c, "alpha", 1)))
        .live("Selu", ActivationRules::selu)
        .live("ThresholdedRelu", ActivationRules::thresholded)
        .live("Clip", ActivationRules::clip);
  }

  private static double number(OperatorCall call, String name, double otherwise) {
    return call.attributes().number(name, otherwise);
  }

  private static Value gelu(OperatorCall call) {
    Ops g = call.g();
    Value x = call.live(0);
    if (!call.attributes().text("approximate", "none").equals("tanh")) {
      return g.gelu(x);
    }
    Value cube = g.mul(g.mul(x, x), x);
    Value inner = g.mul(g.add(x, g.mul(cube, 0.044715)), TANH_GELU_SCALE);
    return g.mul(g.mul(x, 0.5), g.add(g.tanh(inner), g.constant(1)));
  }

  private static Value ramp(Ops g, Value x, double slope, double offset) {
    return g.clip(g.add(g.mul(x, slope), g.constant(offset)), 0, 1);
  }

  private static Value leaky(OperatorCall call, Value slope) {
    Ops g = call.g();
    Value x = call.live(0);
    return g.sub(g.relu(x), g.mul(slope, g.relu(g.neg(x))));
  }

  /** {@code max(x, 0) + alpha (exp(min(x, 0) / width) - 1)}. */
  private static Value exponential(OperatorCall call, double alpha, double width) {
    Ops g = call.g();
    Value x = call.live(0);
    Value below = g.exp(g.mul(g.relu(g.neg(x)), -1 / width));
    return g.add(g.relu(x), g.mul(g.sub(below, g.constant(1)), alpha));
  }

  private static Value selu(OperatorCall call) {
    double alpha = number(call, "alpha", SELU_ALPHA);
    return call.g().mul(exponential(call, alpha, 1), number(call, "gamma", SELU_GAMMA));
  }

  private static Value thresholded(OperatorCall call) {
    Ops g = call.g();
    Value x = call.live(0);
    return g.where(g.greater(x, g.constant(number(call, "alpha", 1))), x, g.constant(0));
  }

  private static Value clip(OperatorCall call) {
    double low = finite(bound(call, "min", 1, -Float.MAX_VALUE));
    double high = finite(bound(call, "max", 2, Float.MAX_VALUE));
    return call.g().clip(call.live(0), low, high);
  }

  private static double finite(double number) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, number));
  }

  static double bound(OperatorCall call, String name, int input, double otherwise) {
    if (call.has(input)) {
      return call.known(input).number();
    }
    NodeAttributes attributes = call.attributes();
    return attributes.has(name) ? attributes.number(name, otherwise) : otherwise;
  }
}
