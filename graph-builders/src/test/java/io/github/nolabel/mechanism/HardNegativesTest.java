package io.github.nolabel.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Five captions of two tokens, of which the first and the third are equal. */
class HardNegativesTest {

  private static final int ROWS = 5;
  private static final Nd IDS = Nd.integers(new int[] {ROWS, 2}, i -> i / 2 == 2 ? i % 2 : i);
  private static final Nd SAME = Nd.integers(new int[] {ROWS, 2}, i -> 7);
  private static final Nd LOGITS = Nd.of(new int[] {ROWS, ROWS}, i -> Math.sin(1.3 * i));

  @Test
  void neitherItselfNorAnEqualCaptionIsDrawn() {
    for (int step = 0; step < 300; step++) {
      double[] drawn = run(IDS, step, "drawn");
      for (int row = 0; row < ROWS; row++) {
        assertThat(row(drawn, row)).containsOnlyOnce(1).containsOnly(0, 1);
        assertThat(drawn[row * ROWS + row]).isZero();
      }
      assertThat(drawn[2]).isZero();
      assertThat(drawn[2 * ROWS]).isZero();
    }
  }

  @Test
  void whenAllCaptionsAreEqualAnotherRowIsDrawn() {
    for (int step = 0; step < 50; step++) {
      double[] drawn = run(SAME, step, "drawn");
      for (int row = 0; row < ROWS; row++) {
        assertThat(row(drawn, row)).containsOnlyOnce(1);
        assertThat(drawn[row * ROWS + row]).isZero();
      }
    }
  }

  /** 4,000 draws: the standard deviation of a share is below 0.008. */
  @Test
  void frequenciesFollowTheSoftmax() {
    int draws = 4000;
    double[] counts = new double[ROWS * ROWS];
    for (int step = 0; step < draws; step++) {
      double[] drawn = run(IDS, step, "drawn");
      for (int i = 0; i < counts.length; i++) {
        counts[i] += drawn[i] / draws;
      }
    }
    for (int row = 0; row < ROWS; row++) {
      assertThat(row(counts, row))
          .usingComparatorWithPrecision(0.035)
          .containsExactly(softmax(row));
    }
  }

  @Test
  void theSameKeyDrawsTheSame() {
    assertThat(run(IDS, 3, "drawn")).containsExactly(run(IDS, 3, "drawn"));
    assertThat(IntStream.range(0, 20).mapToObj(step -> run(IDS, step, "drawn")))
        .anySatisfy(drawn -> assertThat(drawn).isNotEqualTo(run(IDS, 3, "drawn")));
  }

  @Test
  void whatWasDrawnIsGathered() {
    double[] drawn = run(IDS, 5, "drawn");
    double[] chosen = run(IDS, 5, "chosen");
    for (int row = 0; row < ROWS; row++) {
      double[] weights = row(drawn, row);
      for (int partner = 0; partner < ROWS; partner++) {
        if (weights[partner] == 1) {
          assertThat(row(chosen, row)).containsExactly(row(LOGITS.toArray(), partner));
        }
      }
    }
  }

  @Test
  void theRuntimeDrawsTheSame() {
    Map<String, Tensor> fed = new LinkedHashMap<>();
    fed(IDS, 9).forEach((name, value) -> fed.put(name, value.toTensor()));
    Tensor drawn = Interpreter.require(OrtEvaluator.evaluate(graph(), fed), "drawn");
    assertThat(Nd.of(drawn).toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(run(IDS, 9, "drawn"));
  }

  private static double[] softmax(int row) {
    double[] e = new double[ROWS];
    double sum = 0;
    for (int j = 0; j < ROWS; j++) {
      boolean allowed = j != row && !(row % 2 == 0 && j % 2 == 0 && row + j == 2);
      e[j] = allowed ? Math.exp(LOGITS.at(row * ROWS + j)) : 0;
      sum += e[j];
    }
    for (int j = 0; j < ROWS; j++) {
      e[j] /= sum;
    }
    return e;
  }

  private static double[] row(double[] square, int row) {
    return Arrays.copyOfRange(square, row * ROWS, (row + 1) * ROWS);
  }

  private static Map<String, Nd> fed(Nd ids, long step) {
    long key = RandomOps.key(1, step);
    return Map.of(
        "logits", LOGITS, "x", LOGITS, "ids", ids, "key", Nd.integers(new int[0], i -> key));
  }

  private static double[] run(Nd ids, long step, String output) {
    return Interpreter.run(graph(), fed(ids, step)).output(output).toArray();
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Ops g = builder.ops("negatives");
    Value logits = builder.input("logits", new Shape(List.of(Dim.BATCH, Dim.BATCH)));
    Value x = builder.input("x", Shape.batched(ROWS));
    Value ids = builder.input("ids", ElementType.INT64, Shape.batched(2));
    Value key = builder.input("key", ElementType.INT64, Shape.of());
    Value drawn = new HardNegatives(logits, HardNegatives.equalRows(g, ids)).draw(g, key, "text");
    Value chosen = HardNegatives.chosen(g, drawn, x);
    return builder.build(Map.of("drawn", drawn, "chosen", chosen));
  }
}
