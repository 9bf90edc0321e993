package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A case as a graph with values: {@code y}, and where asked for the gradients of {@code loss =
 * sum(weights * y)}.
 */
final class Trial {

  private static final double STEP = 1e-5;

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Map<String, Nd> fed = new LinkedHashMap<>();
  private final List<Value> differentiated = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();

  private Trial(GradientCase row) {
    SplittableRandom random = new SplittableRandom(row.toString().hashCode());
    List<Value> operands = new ArrayList<>();
    for (Operand operand : row.operands()) {
      Value x = builder.input("x" + operands.size(), operand.type(), operand.shape());
      operands.add(x);
      fed.put(x.name(), operand.sample(random));
      if (operand.differentiable()) {
        differentiated.add(x);
      }
    }
    outputs.put("y", row.building().build(ops(), operands));
  }

  /** The operator alone. */
  static Trial forward(GradientCase row) {
    return new Trial(row);
  }

  /** The operator and its gradients, as outputs {@code d_x0} and so on. */
  static Trial backward(GradientCase row) {
    Trial trial = new Trial(row);
    trial.differentiate(row);
    return trial;
  }

  private void differentiate(GradientCase row) {
    Value y = Interpreter.require(outputs, "y");
    Value weights = builder.input("weights", ElementType.FLOAT, y.shape());
    fed.put(
        "weights", Operand.in(y.shape()).sample(new SplittableRandom(row.variant().hashCode())));
    Value loss = ops().reduceSum(ops().mul(y, weights), false);
    outputs.put("loss", loss);
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss, differentiated)
        .forEach((value, gradient) -> outputs.put("d_" + value.name(), gradient));
  }

  List<Value> differentiated() {
    return differentiated;
  }

  /** What ends in the model; the loss is a sum of the case's own making and stays out. */
  Graph graph() {
    Map<String, Value> shown = new LinkedHashMap<>(outputs);
    shown.remove("loss");
    return builder.build(shown);
  }

  Interpreter.Step reference() {
    return Interpreter.run(graph(), fed);
  }

  Map<String, Tensor> feeds() {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    fed.forEach((name, value) -> feeds.put(name, value.toTensor()));
    return feeds;
  }

  Interpreter.Step runtime() {
    Map<String, Nd> results = new LinkedHashMap<>();
    OrtEvaluator.evaluate(graph(), feeds()).forEach((name, t) -> results.put(name, Nd.of(t)));
    return new Interpreter.Step(results, Map.of());
  }

  /** A random direction for an operand: every element moves by one, up or down. */
  Nd direction(String name) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Nd x = Interpreter.require(fed, name);
    return Nd.of(x.shape(), i -> random.nextBoolean() ? 1 : -1);
  }

  /** The loss's slope along {@link #direction}, without derivatives. */
  double centralDifference(String name) {
    Graph loss = builder.build(Map.of("loss", Interpreter.require(outputs, "loss")));
    return (lossAt(loss, name, STEP) - lossAt(loss, name, -STEP)) / (2 * STEP);
  }

  private double lossAt(Graph loss, String name, double distance) {
    Nd x = Interpreter.require(fed, name);
    Nd direction = direction(name);
    Map<String, Nd> moved = new LinkedHashMap<>(fed);
    moved.put(name, Nd.of(x.shape(), i -> x.at(i) + distance * direction.at(i)));
    return Interpreter.run(loss, moved).output("loss").at(0);
  }

  private Ops ops() {
    return builder.ops("case");
  }
}
