package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static final int ROWS = 64;
  private static final int COLUMNS = 100;

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Ops g = builder.ops("net");
  private final Value x = builder.input("x", Shape.batched(10, 10));
  private final Value key = builder.input("key", ElementType.INT64, Shape.of());
  private final Nd ones = Nd.of(new int[] {ROWS, 10, 10}, i -> 1);

  private double[] run(Value y, long seed, long step) {
    long fed = RandomOps.key(seed, step);
    Map<String, Nd> feeds = Map.of("x", ones, "key", Nd.integers(new int[0], i -> fed));
    return Interpreter.run(builder.build(Map.of("y", y)), feeds).output("y").toArray();
  }

  private double[] dropped(long step, String stream) {
    return run(g.dropout(x, key, stream, 0.25), 1, step);
  }

  /** The share of zeros of 6,400 draws has a standard deviation of 0.0054. */
  @Test
  void theShareOfZerosIsTheProbabilityAndTheMeanIsKept() {
    for (long step = 0; step < 20; step++) {
      double[] y = dropped(step, "a");
      assertThat(Arrays.stream(y).distinct().sorted().toArray()).containsExactly(0, 1 / 0.75);
      assertThat(shareOfZeros(y)).isCloseTo(0.25, within(0.022));
    }
  }

  @Test
  void rowsAndColumnsDropAlikeToo() {
    double[] y = dropped(7, "a");
    for (int row = 0; row < ROWS; row++) {
      assertThat(shareOfZeros(Arrays.copyOfRange(y, row * COLUMNS, (row + 1) * COLUMNS)))
          .isCloseTo(0.25, within(0.2));
    }
    for (int column = 0; column < COLUMNS; column++) {
      int own = column;
      double[] values = IntStream.range(0, ROWS).mapToDouble(r -> y[r * COLUMNS + own]).toArray();
      assertThat(shareOfZeros(values)).isCloseTo(0.25, within(0.25));
    }
  }

  /** Independent masks agree on 0.25^2 + 0.75^2 = 0.625 of the elements. */
  @Test
  void stepsSeedsStreamsAndRowsAreIndependent() {
    double[] y = dropped(1, "a");
    assertThat(agreement(y, dropped(2, "a"))).isCloseTo(0.625, within(0.03));
    assertThat(agreement(y, dropped(1, "b"))).isCloseTo(0.625, within(0.03));
    assertThat(agreement(y, run(g.dropout(x, key, "a", 0.25), 2, 1)))
        .isCloseTo(0.625, within(0.03));
    for (int shift : new int[] {1, 2, 7, COLUMNS, COLUMNS + 1, 5 * COLUMNS}) {
      double[] shifted = Arrays.copyOfRange(y, shift, y.length);
      assertThat(agreement(Arrays.copyOf(y, shifted.length), shifted))
          .as("shifted by " + shift)
          .isCloseTo(0.625, within(0.03));
    }
  }

  @Test
  void theSameKeyAndStreamGiveTheSameMask() {
    assertThat(dropped(3, "a")).containsExactly(dropped(3, "a"));
  }

  @Test
  void numbersAreUniform() {
    double[] u = run(g.cast(g.randomIntegers(x, key, "u"), ElementType.FLOAT), 1, 1);
    double[] unit = Arrays.stream(u).map(v -> v / RandomOps.PRIME).toArray();
    for (int bin = 0; bin < 10; bin++) {
      double low = bin / 10.0;
      assertThat(Arrays.stream(unit).filter(v -> v >= low && v < low + 0.1).count() / 6400.0)
          .isCloseTo(0.1, within(0.016));
    }
  }

  @Test
  void theRuntimeDrawsTheSameNumbersBitForBit() {
    Graph graph =
        builder.build(
            Map.of("y", g.dropout(x, key, "a", 0.25), "numbers", g.randomIntegers(x, key, "a")));
    for (long step = 0; step < 3; step++) {
      long fed = RandomOps.key(9, step);
      Nd keyFed = Nd.integers(new int[0], i -> fed);
      Interpreter.Step expected = Interpreter.run(graph, Map.of("x", ones, "key", keyFed));
      Map<String, Tensor> actual =
          OrtEvaluator.evaluate(graph, Map.of("x", ones.toTensor(), "key", keyFed.toTensor()));
      actual.forEach(
          (name, tensor) ->
              assertThat(tensor.sameBits(expected.output(name).toTensor())).as(name).isTrue());
    }
  }

  @Test
  void noProbabilityIsNoNode() {
    assertThat(g.dropout(x, key, "a", 0)).isSameAs(x);
    assertThatThrownBy(() -> g.dropout(x, key, "a", 1))
        .hasMessage("a probability in [0, 1) is needed, got 1.0");
  }

  private static double shareOfZeros(double[] y) {
    return Arrays.stream(y).filter(v -> v == 0).count() / (double) y.length;
  }

  private static double agreement(double[] a, double[] b) {
    return IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count() / (double) a.length;
  }
}
