package io.github.nolabel.fragment.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrototypesTest {

  private static final Nd ROWS = Nd.of(new int[] {2, 2}, 3, 4, 0, -2);
  private static final Nd DIRECTIONS = Nd.of(new int[] {3, 2}, 5, 0, 0, 0.1, -1, -1);
  private static final double HALF = Math.sqrt(0.5);
  private static final double[] COSINES = {0.6, 0.8, -1.4 * HALF, 0, -1, HALF};

  @Test
  void scoresAreCosinesOfWhateverLengths() {
    assertThat(scores(false, ROWS, DIRECTIONS).toArray())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(COSINES);
    assertThat(scores(false, ROWS.map(x -> 7 * x), DIRECTIONS.map(x -> x / 3)).toArray())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(COSINES);
  }

  @Test
  void trainedLengthsScaleThePrototypes() {
    assertThat(scores(true, ROWS, DIRECTIONS).toArray())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(
            COSINES[0], 2 * COSINES[1], 3 * COSINES[2], COSINES[3], 2 * COSINES[4], 3 * COSINES[5]);
  }

  @Test
  void lengthsAreTrainedOnlyIfAskedFor() {
    assertThat(names(false)).containsExactly("p/weight");
    assertThat(names(true)).containsExactly("p/weight", "p/length");
  }

  @Test
  void gradientsEqualFiniteDifferences() {
    Graph graph = differentiated();
    Map<String, double[]> at = new LinkedHashMap<>();
    at.put("p/weight", DIRECTIONS.toArray());
    at.put("p/length", new double[] {1, 2, 3});
    Map<String, Nd> outputs = outputs(graph, at);
    at.forEach(
        (name, values) -> {
          double[] slope = Interpreter.require(outputs, name + "_slope").toArray();
          assertThat(slope).hasSameSizeAs(values);
          for (int i = 0; i < values.length; i++) {
            double measured =
                (shifted(graph, at, name, i, 1e-6) - shifted(graph, at, name, i, -1e-6)) / 2e-6;
            assertThat(slope[i]).as("%s[%d]", name, i).isCloseTo(measured, within(1e-6));
          }
        });
  }

  private static double shifted(
      Graph graph, Map<String, double[]> at, String name, int index, double by) {
    Map<String, double[]> moved = new LinkedHashMap<>(at);
    double[] values = Interpreter.require(at, name).clone();
    values[index] += by;
    moved.put(name, values);
    return Interpreter.require(outputs(graph, moved), "loss").toArray()[0];
  }

  private static Map<String, Nd> outputs(Graph graph, Map<String, double[]> at) {
    Map<String, Nd> fed = new LinkedHashMap<>();
    fed.put("x", ROWS);
    fed.put("c", Nd.of(new int[] {2, 3}, 1, -2, 0.5, 3, 0.7, -1));
    fed.put("p/weight", Nd.of(new int[] {3, 2}, Interpreter.require(at, "p/weight")));
    fed.put("p/length", Nd.of(new int[] {3}, Interpreter.require(at, "p/length")));
    Map<String, Nd> outputs = new LinkedHashMap<>();
    for (String name : graph.outputs().keySet()) {
      outputs.put(name, Interpreter.run(graph, fed).output(name));
    }
    return outputs;
  }

  /** A weighted sum of the scores. */
  private static Graph differentiated() {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Value x = graph.input("x", Shape.batched(2));
    Value scores = new Prototypes(2, 3, true).attach(graph.scope("p")).apply(x);
    Ops g = graph.ops("loss");
    Value loss = g.reduceSum(g.mul(scores, graph.input("c", Shape.batched(3))), false);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    new ReverseMode(StandardRules.table())
        .differentiate(graph, loss)
        .forEach((p, slope) -> outputs.put(p.name() + "_slope", slope));
    return graph.build(outputs);
  }

  private static List<String> names(boolean lengths) {
    return graph(lengths).parameters().stream().map(Parameter::name).toList();
  }

  private static Nd scores(boolean lengths, Nd rows, Nd directions) {
    Map<String, Nd> fed = new LinkedHashMap<>();
    fed.put("x", rows);
    fed.put("p/weight", directions);
    fed.put("p/length", Nd.of(new int[] {3}, 1, 2, 3));
    return Interpreter.run(graph(lengths), fed).output("y");
  }

  private static Graph graph(boolean lengths) {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Value x = graph.input("x", Shape.batched(2));
    Value y = new Prototypes(2, 3, lengths).attach(graph.scope("p")).apply(x);
    return graph.build(Map.of("y", y));
  }
}
