package io.github.nolabel.fragment.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropoutLayerTest {

  private static final int ROWS = 300;
  private static final int COLUMNS = 40;
  private static final Nd ONES = Nd.of(new int[] {ROWS, 4, 10}, i -> 1);

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Value x = builder.input("x", Shape.batched(4, 10));

  private double[] run(Value y, long seed, long step) {
    long key = RandomOps.key(seed, step);
    Map<String, Nd> fed = Map.of("x", ONES, RandomOps.KEY, Nd.integers(new int[0], i -> key));
    return Interpreter.run(builder.build(Map.of("y", y)), fed).output("y").toArray();
  }

  private Value attached(Dropout dropout, String scope) {
    return dropout.attach(builder.scope(scope)).apply(x);
  }

  @Test
  void inferenceIsTheIdentity() {
    GraphBuilder inference = new GraphBuilder(Mode.INFERENCE);
    Value images = inference.input("x", Shape.batched(4, 10));
    for (Dropout dropout : List.of(new Dropout(0.5), Dropout.path(0.5))) {
      assertThat(dropout.attach(inference.scope("a")).apply(images)).isSameAs(images);
    }
    assertThat(inference.inputs()).containsExactly(images);
  }

  @Test
  void noProbabilityAsksForNoKey() {
    assertThat(attached(new Dropout(0), "a")).isSameAs(x);
    assertThat(attached(Dropout.path(0), "b")).isSameAs(x);
    assertThat(builder.inputs()).containsExactly(x);
  }

  /** The mean of 12,000 draws of 0 or 1 / 0.7 has a standard deviation of 0.006. */
  @Test
  void theMeanIsKept() {
    Value y = attached(new Dropout(0.3), "a");
    for (long step = 0; step < 10; step++) {
      assertThat(Arrays.stream(run(y, 1, step)).average().orElseThrow())
          .isCloseTo(1, within(0.025));
    }
  }

  /** 300 draws: a standard deviation of 0.038. */
  @Test
  void pathsAreDroppedByExample() {
    double[] y = run(attached(Dropout.path(0.3), "a"), 1, 5);
    for (int row = 0; row < ROWS; row++) {
      double[] own = Arrays.copyOfRange(y, row * COLUMNS, (row + 1) * COLUMNS);
      assertThat(Arrays.stream(own).distinct().toArray()).hasSize(1);
      assertThat(own[0]).isIn(0.0, 1 / 0.7);
    }
    assertThat(Arrays.stream(y).average().orElseThrow()).isCloseTo(1, within(0.15));
  }

  @Test
  void masksFollowFromSeedStepPathAndApplication() {
    for (Dropout.Unit unit : Dropout.Unit.values()) {
      Dropout dropout = new Dropout(0.5, unit);
      TensorFunction layer = dropout.attach(builder.scope("first" + unit));
      Value first = layer.apply(x);
      double[] mask = run(first, 1, 2);
      assertThat(run(first, 1, 2)).containsExactly(mask);
      assertThat(agreement(mask, run(first, 1, 3))).isCloseTo(0.5, within(0.15));
      assertThat(agreement(mask, run(first, 2, 2))).isCloseTo(0.5, within(0.15));
      assertThat(agreement(mask, run(layer.apply(x), 1, 2))).isCloseTo(0.5, within(0.15));
      Value elsewhere = attached(dropout, "second" + unit);
      assertThat(agreement(mask, run(elsewhere, 1, 2))).isCloseTo(0.5, within(0.15));
    }
  }

  @Test
  void theGradientPassesWhatWasKept() {
    for (Dropout dropout : List.of(new Dropout(0.4), Dropout.path(0.4))) {
      Value y = attached(dropout, "net" + dropout.unit());
      Ops g = builder.ops("loss" + dropout.unit());
      Value loss = g.reduceSum(y, false);
      Map<Value, Value> gradients =
          new ReverseMode(StandardRules.table()).differentiate(builder, loss, List.of(x));
      Map<String, Value> outputs = new LinkedHashMap<>();
      outputs.put("y", y);
      outputs.put("dx", gradients.getOrDefault(x, x));
      Interpreter.Step step =
          Interpreter.run(
              builder.build(outputs),
              Map.of("x", ONES, RandomOps.KEY, Nd.integers(new int[0], i -> 77)));
      assertThat(step.output("dx").toArray()).containsExactly(step.output("y").toArray());
    }
  }

  @Test
  void certainDropIsRefused() {
    assertThatThrownBy(() -> new Dropout(1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("probability");
  }

  private static double agreement(double[] a, double[] b) {
    long equal = java.util.stream.IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count();
    return equal / (double) a.length;
  }
}
