package io.github.nolabel.fragment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtXentTest {

  private static final Nd A = matrix((i, j) -> Math.sin(3 * i + j));
  private static final Nd C = matrix((i, j) -> Math.cos(i + 2 * j));

  /** Computed in float64 by the loss of the Python library AK_SSL on the same matrices. */
  @ParameterizedTest
  @CsvSource({"0.5, 2.273698746", "0.1, 7.640122542"})
  void equalsGoldenNumbers(double temperature, double expected) {
    assertThat(loss(A, C, temperature)).isCloseTo(expected, within(1e-8));
    assertThat(lossByRuntime(A, C, temperature)).isCloseTo(expected, within(1e-5));
  }

  /** All 2N embeddings are equal, so each sees 2N - 1 equal candidates. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void identicalEmbeddingsCostTheLogOfTheCandidates(int batch) {
    Nd ones = Nd.of(new int[] {batch, 4}, i -> 1);
    assertThat(loss(ones, ones, 0.5)).isCloseTo(Math.log(2 * batch - 1), within(1e-9));
  }

  @Test
  void isSymmetricInTheViewsAndBlindToLength() {
    double loss = loss(A, C, 0.3);
    assertThat(loss(C, A, 0.3)).isCloseTo(loss, within(1e-12));
    assertThat(loss(A.map(x -> 7 * x), C.map(x -> x / 3), 0.3)).isCloseTo(loss, within(1e-9));
  }

  @Test
  void tinyTemperaturesStayFinite() {
    assertThat(lossByRuntime(A, C, 1e-3)).isFinite();
  }

  @Test
  void gradientEqualsFiniteDifferencesAndTheRuntimes() {
    Graph graph = graph(6, 0.2);
    Map<String, Nd> reference = Interpreter.run(graph, Map.of("a", A, "c", C)).outputs();
    double step = 1e-6;
    Nd up = Nd.of(new int[] {4, 6}, i -> A.at(i) + step * C.at(i));
    Nd down = Nd.of(new int[] {4, 6}, i -> A.at(i) - step * C.at(i));
    double slope = (loss(up, C, 0.2) - loss(down, C, 0.2)) / (2 * step);
    Nd gradient = Interpreter.require(reference, "d_a");
    double along = 0;
    for (int i = 0; i < gradient.size(); i++) {
      along += gradient.at(i) * C.at(i);
    }
    assertThat(along).isCloseTo(slope, within(1e-7));
    Nd byRuntime =
        Nd.of(
            Interpreter.require(
                OrtEvaluator.evaluate(graph, Map.of("a", A.toTensor(), "c", C.toTensor())), "d_a"));
    assertThat(byRuntime.toArray())
        .usingComparatorWithPrecision(1e-5)
        .containsExactly(gradient.toArray());
  }

  @Test
  void oneRowOfZerosCostsNoNumbers() {
    Nd zeroRow = Nd.of(new int[] {4, 6}, i -> i < 6 ? 0 : A.at(i));
    assertThat(lossByRuntime(zeroRow, C, 0.5)).isFinite();
  }

  private static double loss(Nd a, Nd c, double temperature) {
    return Interpreter.run(graph(a.extent(1), temperature), Map.of("a", a, "c", c))
        .output("loss")
        .at(0);
  }

  private static double lossByRuntime(Nd a, Nd c, double temperature) {
    return Interpreter.require(
            OrtEvaluator.evaluate(
                graph(a.extent(1), temperature), Map.of("a", a.toTensor(), "c", c.toTensor())),
            "loss")
        .toFloats()[0];
  }

  private static Graph graph(int width, double temperature) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value a = builder.input("a", Shape.batched(width));
    Value c = builder.input("c", a.shape());
    Value loss = new NtXent(temperature).apply(builder.ops("loss"), a, c);
    Map<String, Value> outputs = new LinkedHashMap<>(Map.of("loss", loss));
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss, List.of(a, c))
        .forEach((value, gradient) -> outputs.put("d_" + value.name(), gradient));
    return builder.build(outputs);
  }

  private interface Entry {
    double at(int row, int column);
  }

  private static Nd matrix(Entry entry) {
    return Nd.of(new int[] {4, 6}, i -> entry.at(i / 6, i % 6));
  }
}
