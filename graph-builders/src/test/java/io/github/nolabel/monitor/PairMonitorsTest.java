package io.github.nolabel.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is reported of two kinds of embeddings, seen alike by interpreter and runtime. */
class PairMonitorsTest {

  private static final double TOLERANCE = 1e-5;
  private static final String ROWS = "image_to_text_spread";
  private static final String COLUMNS = "text_to_image_spread";

  @Test
  void equalTowersLeaveNoGap() {
    Nd x = gaussian(7, 5, 1);
    assertThat(pairs(x, x.map(v -> 3 * v), square(7, 0)))
        .hasEntrySatisfying("modality_gap", is(0))
        .hasEntrySatisfying(Monitors.ALIGNMENT, is(0));
  }

  @Test
  void oppositeConstantTowersAreFurthestApart() {
    Nd ones = Nd.of(new int[] {6, 4}, i -> 1);
    assertThat(pairs(ones, ones.map(v -> -7 * v), square(6, 0)))
        .hasEntrySatisfying("modality_gap", is(2));
  }

  /** Middles (1/2, 1/2) and (-1/2, 1/2) are 1 apart. */
  @Test
  void theGapIsThatOfTheMiddles() {
    Nd images = Nd.of(new int[] {2, 2}, i -> i % 3 == 0 ? 1 : 0);
    Nd texts = Nd.of(new int[] {2, 2}, i -> i == 0 ? -1 : i == 3 ? 1 : 0);
    assertThat(pairs(images, texts, square(2, 0))).hasEntrySatisfying("modality_gap", is(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 12})
  void equalLogitsSpreadEvenly(int count) {
    Nd x = gaussian(count, 4, 2);
    assertThat(pairs(x, gaussian(count, 4, 3), square(count, 11)))
        .hasEntrySatisfying(ROWS, is(1))
        .hasEntrySatisfying(COLUMNS, is(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void aSharpDiagonalDoesNotSpread(int count) {
    Nd x = gaussian(count, 4, 2);
    Nd sharp = Nd.of(new int[] {count, count}, i -> i / count == i % count ? 300 : -300);
    assertThat(pairs(x, x, sharp))
        .hasEntrySatisfying(ROWS, is(0))
        .hasEntrySatisfying(COLUMNS, is(0));
  }

  /** All images are sure of the first text, which cannot tell them apart. */
  @Test
  void directionsAreReportedEachForItself() {
    Nd x = gaussian(4, 3, 5);
    Nd first = Nd.of(new int[] {4, 4}, i -> i % 4 == 0 ? 200 : 0);
    assertThat(pairs(x, x, first))
        .hasEntrySatisfying(ROWS, is(0))
        .hasEntrySatisfying(COLUMNS, is(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void fewPairsGiveFiniteNumbers(int count) {
    Nd x = gaussian(count, 3, 6);
    assertThat(pairs(x, gaussian(count, 3, 7), square(count, 2)))
        .containsKeys("modality_gap", ROWS, COLUMNS, Monitors.FEATURE_STD, Monitors.UNIFORMITY)
        .allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
  }

  private static Consumer<Double> is(double expected) {
    return value -> assertThat(value).isCloseTo(expected, within(TOLERANCE));
  }

  private static Nd square(int count, double value) {
    return Nd.of(new int[] {count, count}, i -> value);
  }

  private static Nd gaussian(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Nd.of(new int[] {rows, width}, i -> random.nextGaussian());
  }

  private static Map<String, Double> pairs(Nd images, Nd texts, Nd logits) {
    Graph graph = graph(images.extent(1));
    Map<String, Nd> fed = Map.of("x", images, "y", texts, "logits", logits);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    fed.forEach((name, value) -> tensors.put(name, value.toTensor()));
    var byRuntime = OrtEvaluator.evaluate(graph, tensors);
    Map<String, Double> seen = new LinkedHashMap<>();
    Interpreter.run(graph, fed)
        .outputs()
        .forEach(
            (name, value) -> {
              seen.put(name, value.at(0));
              assertThat((double) Interpreter.require(byRuntime, name).toFloats()[0])
                  .as(name)
                  .isCloseTo(value.at(0), within(2e-5 * Math.max(1, Math.abs(value.at(0)))));
            });
    return seen;
  }

  private static Graph graph(int width) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Monitors.pairs(
        step,
        step.view("x", Shape.batched(width)),
        step.view("y", Shape.batched(width)),
        step.view("logits", new Shape(List.of(Dim.BATCH, Dim.BATCH))));
    return step.graph().build(step.monitors());
  }
}
