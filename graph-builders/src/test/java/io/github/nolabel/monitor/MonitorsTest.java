package io.github.nolabel.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorsTest {

  private static final double TOLERANCE = 1e-5;

  /** Rows e_1 .. e_D: each dimension is 1 once and 0 elsewhere; distinct rows are sqrt(2) apart. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 16})
  void unitVectorsAlongTheAxes(int width) {
    Nd axes = Nd.of(new int[] {width, width}, i -> i / width == i % width ? 7 : 0);
    Map<String, Double> seen = embeddings(axes, axes.map(x -> x / 3));
    assertThat(seen.get(Monitors.FEATURE_STD))
        .isCloseTo(Math.sqrt((width - 1.0) / width), within(TOLERANCE));
    assertThat(seen.get(Monitors.ALIGNMENT)).isCloseTo(0, within(TOLERANCE));
    assertThat(seen.get(Monitors.UNIFORMITY)).isCloseTo(-4, within(TOLERANCE));
    assertThat(seen.get(Monitors.EMBEDDING_RANK)).isCloseTo(width - 1, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0})
  void equalRowsHaveCollapsedAlsoOntoZero(double value) {
    Nd same = Nd.of(new int[] {6, 8}, i -> value);
    Map<String, Double> seen = embeddings(same, same);
    assertThat(seen.get(Monitors.FEATURE_STD)).isCloseTo(0, within(TOLERANCE));
    assertThat(seen.get(Monitors.UNIFORMITY)).isCloseTo(0, within(TOLERANCE));
  }

  @Test
  void oppositeViewsAreFurthestApart() {
    Nd x = gaussian(9, 4, 1);
    assertThat(embeddings(x, x.map(v -> -v)).get(Monitors.ALIGNMENT))
        .isCloseTo(4, within(TOLERANCE));
  }

  /** Two opposite rows: one distance of 2, mean 0, all of the length varies. */
  @Test
  void twoOppositeRows() {
    Nd x = Nd.of(new int[] {2, 4}, i -> i < 4 ? 1 : -1);
    Map<String, Double> seen = embeddings(x, x);
    assertThat(seen.get(Monitors.FEATURE_STD)).isCloseTo(1, within(TOLERANCE));
    assertThat(seen.get(Monitors.UNIFORMITY)).isCloseTo(-8, within(TOLERANCE));
    assertThat(seen.get(Monitors.EMBEDDING_RANK)).isCloseTo(1, within(TOLERANCE));
  }

  /** Directions without preference deviate by 1/sqrt(D) in every dimension, whatever D is. */
  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void gaussianRowsSpreadByOne(int width) {
    Nd x = gaussian(400, width, 3);
    Map<String, Double> seen = embeddings(x, gaussian(400, width, 4));
    assertThat(seen.get(Monitors.FEATURE_STD)).isCloseTo(1, within(0.02));
    assertThat(seen.get(Monitors.ALIGNMENT)).isCloseTo(2, within(0.05));
  }

  @Test
  void uniformRowsAndOneHotRows() {
    Nd uniform = Nd.of(new int[] {5, 4}, i -> 0.25);
    Nd oneClass = Nd.of(new int[] {5, 4}, i -> i % 4 == 2 ? 1 : 0);
    Nd eachAnother = Nd.of(new int[] {4, 4}, i -> i % 4 == i / 4 ? 1 : 0);
    assertThat(entropies(uniform)).containsExactly(entry(1), entry(1));
    assertThat(entropies(oneClass)).containsExactly(entry(0), entry(0));
    assertThat(entropies(eachAnother)).containsExactly(entry(0), entry(1));
  }

  /** Half the mass on each of two of eight classes: log 2 / log 8 = 1/3. */
  @Test
  void entropyIsAShareOfTheLogOfTheClasses() {
    Nd halves = Nd.of(new int[] {3, 8}, i -> i % 8 < 2 ? 0.5 : 0);
    assertThat(entropies(halves)).containsExactly(entry(1.0 / 3), entry(1.0 / 3));
  }

  @Test
  void theRuntimeSeesTheSame() {
    Nd x = gaussian(7, 5, 5);
    Nd y = gaussian(7, 5, 6);
    Graph graph = embeddingsGraph(5);
    Map<String, Double> expected = embeddings(x, y);
    OrtEvaluator.evaluate(graph, Map.of("x", x.toTensor(), "y", y.toTensor()))
        .forEach(
            (name, value) ->
                assertThat((double) value.toFloats()[0])
                    .as(name)
                    .isCloseTo(Interpreter.require(expected, name), within(TOLERANCE)));
  }

  private static double entry(double value) {
    return Math.rint(value * 1e5) / 1e5;
  }

  private static double[] entropies(Nd probabilities) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value p = step.view("p", Shape.batched(probabilities.extent(1)));
    Monitors.entropy(step, "teacher_entropy", p);
    Graph graph = step.graph().build(step.monitors());
    Map<String, Nd> seen = Interpreter.run(graph, Map.of("p", probabilities)).outputs();
    return new double[] {
      entry(Math.abs(Interpreter.require(seen, "teacher_entropy").at(0))),
      entry(Math.abs(Interpreter.require(seen, "teacher_entropy_of_mean").at(0)))
    };
  }

  private static Map<String, Double> embeddings(Nd x, Nd y) {
    Map<String, Double> seen = new LinkedHashMap<>();
    Interpreter.run(embeddingsGraph(x.extent(1)), Map.of("x", x, "y", y))
        .outputs()
        .forEach((name, value) -> seen.put(name, value.at(0)));
    return seen;
  }

  private static Graph embeddingsGraph(int width) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value x = step.view("x", Shape.batched(width));
    Value y = step.view("y", Shape.batched(width));
    Monitors.embeddings(step, x, y);
    return step.graph().build(step.monitors());
  }

  private static Nd gaussian(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Nd.of(new int[] {rows, width}, i -> random.nextGaussian());
  }
}
