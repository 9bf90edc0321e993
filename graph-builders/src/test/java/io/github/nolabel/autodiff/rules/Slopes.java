package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** Values and slopes of a function at given points, the same from both evaluators. */
final class Slopes {

  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<String, Nd> fed = new LinkedHashMap<>();
  private final Graph graph;
  private final Interpreter.Step step;

  /** The derivatives of the sum of {@code building}'s result at {@code points}. */
  static Slopes of(GradientCase.Building building, Nd... points) {
    return new Slopes(building, points);
  }

  private Slopes(GradientCase.Building building, Nd... points) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    List<Value> x = new ArrayList<>();
    for (Nd point : points) {
      Tensor tensor = point.toTensor();
      x.add(builder.input("x" + x.size(), tensor.type(), tensor.shape()));
      fed.put("x" + (x.size() - 1), point);
    }
    Ops g = builder.ops("case");
    Value y = building.build(g, x);
    outputs.put("y", y);
    new ReverseMode(StandardRules.table())
        .differentiate(builder, g.reduceSum(y, false), x)
        .forEach((value, gradient) -> outputs.put("d_" + value.name(), gradient));
    graph = builder.build(outputs);
    step = Interpreter.run(graph, fed);
    requireTheRuntimeToAgree();
  }

  static Nd points(double... values) {
    return Nd.of(new int[] {values.length}, values);
  }

  double[] value() {
    return step.output("y").toArray();
  }

  double[] slope() {
    return step.output("d_x0").toArray();
  }

  double[] slopeOfSecond() {
    return step.output("d_x1").toArray();
  }

  private void requireTheRuntimeToAgree() {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    fed.forEach((name, value) -> feeds.put(name, value.toTensor()));
    OrtEvaluator.evaluate(graph, feeds)
        .forEach(
            (name, tensor) -> {
              double[] expected = step.output(name).toArray();
              double[] actual = Nd.of(tensor).toArray();
              for (int i = 0; i < expected.length; i++) {
                double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
                assertThat(actual[i]).as(name).isCloseTo(expected[i], within(tolerance));
              }
            });
  }
}
