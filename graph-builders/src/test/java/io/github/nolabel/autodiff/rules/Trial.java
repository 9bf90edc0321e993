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

/** A case as a graph: {@code loss = sum(weights * y)} and the loss's gradients, with values. */
final class Trial {

  private static final double STEP = 1e-5;

  final Graph forward;
  final Graph backward;
  private final List<String> differentiated = new ArrayList<>();
  private final Map<String, Nd> fed = new LinkedHashMap<>();

  Trial(GradientCase row) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    SplittableRandom random = new SplittableRandom(row.toString().hashCode());
    List<Value> operands = new ArrayList<>();
    for (Operand operand : row.operands()) {
      String name = "x" + operands.size();
      operands.add(builder.input(name, operand.type(), operand.shape()));
      fed.put(name, operand.sample(random));
      if (operand.differentiable()) {
        differentiated.add(name);
      }
    }
    Ops g = builder.ops("case");
    Value y = row.building().build(g, operands);
    Value weights = builder.input("weights", ElementType.FLOAT, y.shape());
    fed.put("weights", Operand.in(y.shape()).sample(random));
    Value loss = g.reduceSum(g.mul(y, weights), false);
    forward = builder.build(Map.of("loss", loss));
    Map<String, Value> outputs = new LinkedHashMap<>(Map.of("y", y));
    List<Value> wanted = operands.stream().filter(x -> differentiated.contains(x.name())).toList();
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss, wanted)
        .forEach((value, gradient) -> outputs.put("d_" + value.name(), gradient));
    backward = builder.build(outputs);
  }

  List<String> differentiated() {
    return differentiated;
  }

  Map<String, Nd> reference() {
    return Interpreter.run(backward, fed).outputs();
  }

  Map<String, Nd> runtime() {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    fed.forEach((name, value) -> feeds.put(name, value.toTensor()));
    Map<String, Nd> results = new LinkedHashMap<>();
    OrtEvaluator.evaluate(backward, feeds).forEach((name, t) -> results.put(name, Nd.of(t)));
    return results;
  }

  /** A random direction for an operand: every element moves by one, up or down. */
  Nd direction(String name) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    return Nd.of(get(name).shape(), i -> random.nextBoolean() ? 1 : -1);
  }

  /** The loss's slope along {@link #direction}, without derivatives. */
  double centralDifference(String name) {
    return (lossAt(name, STEP) - lossAt(name, -STEP)) / (2 * STEP);
  }

  private double lossAt(String name, double distance) {
    Nd x = get(name);
    Nd direction = direction(name);
    Map<String, Nd> moved = new LinkedHashMap<>(fed);
    moved.put(name, Nd.of(x.shape(), i -> x.at(i) + distance * direction.at(i)));
    return Interpreter.run(forward, moved).output("loss").at(0);
  }

  private Nd get(String name) {
    return Interpreter.require(fed, name);
  }
}
