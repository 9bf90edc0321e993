package io.github.nolabel.fragment.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixLengthsTest {

  private static final int TEXTS = 6000;
  private static final int LENGTH = 9;

  @Test
  void everyLengthIsAsLikelyAsTheOthers() {
    long[] drawn = drawn(4, LENGTH, 0);
    for (int length = 0; length <= 4; length++) {
      int wanted = length;
      assertThat(Arrays.stream(drawn).filter(l -> l == wanted).count() / (double) TEXTS)
          .as("length %d", length)
          .isCloseTo(0.2, within(0.02));
    }
    assertThat(Arrays.stream(drawn).max()).hasValue(4);
  }

  @Test
  void theLastTwoTokensAreNeverGiven() {
    for (int tokens = 0; tokens <= LENGTH; tokens++) {
      PrefixLengths lengths = new PrefixLengths(50);
      long[] drawn = drawn(50, tokens, 1);
      assertThat(Arrays.stream(drawn).min()).hasValue(0);
      assertThat(Arrays.stream(drawn).max())
          .as("%d tokens", tokens)
          .hasValue(Math.max(0, tokens - 2))
          .hasValue(lengths.within(tokens));
    }
  }

  @Test
  void keysTellStepsApartAndRepeat() {
    assertThat(drawn(4, LENGTH, 2)).isEqualTo(drawn(4, LENGTH, 2));
    long[] other = drawn(4, LENGTH, 3);
    long[] drawn = drawn(4, LENGTH, 2);
    long equal = IntStream.range(0, TEXTS).filter(i -> drawn[i] == other[i]).count();
    assertThat(equal / (double) TEXTS).isCloseTo(0.2, within(0.02));
  }

  @Test
  void noneIsGivenIfSoWanted() {
    assertThat(drawn(0, LENGTH, 0)).containsOnly(0);
    assertThatThrownBy(() -> new PrefixLengths(-1)).hasMessageContaining("-1");
  }

  /** By the runtime. */
  private static long[] drawn(int longest, int tokens, long step) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value mask = builder.input("mask", ElementType.INT64, Shape.batched(LENGTH));
    Value key = builder.input(RandomOps.KEY, ElementType.INT64, Shape.of());
    Value lengths = new PrefixLengths(longest).draw(builder.ops("prefix"), mask, key);
    Graph graph = builder.build(Map.of("lengths", lengths));
    long fed = RandomOps.key(5, step);
    Nd masks = Nd.integers(new int[] {TEXTS, LENGTH}, i -> i % LENGTH < tokens ? 1 : 0);
    Nd keys = Nd.integers(new int[0], i -> fed);
    Tensor drawn =
        Interpreter.require(
            OrtEvaluator.evaluate(
                graph, Map.of("mask", masks.toTensor(), RandomOps.KEY, keys.toTensor())),
            "lengths");
    long[] values = new long[TEXTS];
    drawn.longs().get(values);
    return values;
  }
}
