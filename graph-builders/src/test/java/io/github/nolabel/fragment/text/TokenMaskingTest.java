package io.github.nolabel.fragment.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts of 20 places: start, 14 words from 5 on, end, padding. */
class TokenMaskingTest {

  private static final Vocabulary VOCABULARY = new Vocabulary(1000, 0, 1, 2, 3, 4);
  private static final int ROWS = 500;
  private static final int LENGTH = 20;
  private static final int WORDS = 14;
  private static final int[] SHAPE = {ROWS, LENGTH};
  private static final Nd IDS = Nd.integers(SHAPE, i -> id(i / LENGTH, i % LENGTH));
  private static final Nd MASK = Nd.integers(SHAPE, i -> i % LENGTH < WORDS + 2 ? 1 : 0);

  private final double[] ids = IDS.toArray();

  @Test
  void sharesAreThoseOfThePaper() {
    double[] masked = run(1, "masked");
    double[] chosen = run(1, "chosen");
    double count = at(i -> chosen[i] == 1);
    assertThat(count / (ROWS * WORDS)).isCloseTo(0.15, within(0.02));
    assertThat(at(i -> chosen[i] == 1 && masked[i] == 4) / count).isCloseTo(0.8, within(0.05));
    assertThat(at(i -> chosen[i] == 1 && masked[i] == ids[i]) / count).isCloseTo(0.1, within(0.04));
    assertThat(at(i -> masked[i] != 4 && masked[i] != ids[i]) / count).isCloseTo(0.1, within(0.04));
  }

  @Test
  void specialTokensAndWhatIsNotChosenStay() {
    for (int step = 0; step < 5; step++) {
      double[] masked = run(step, "masked");
      double[] chosen = run(step, "chosen");
      assertThat(at(i -> chosen[i] == 1 && (ids[i] < 5 || i % LENGTH > WORDS))).isZero();
      assertThat(at(i -> chosen[i] == 0 && masked[i] != ids[i])).isZero();
      assertThat(at(i -> masked[i] < 0 || masked[i] >= VOCABULARY.size())).isZero();
    }
  }

  @Test
  void theSameKeyHidesTheSameTokens() {
    assertThat(run(3, "masked")).containsExactly(run(3, "masked"));
    assertThat(run(3, "chosen")).isNotEqualTo(run(4, "chosen"));
  }

  @Test
  void theRuntimeHidesTheSameTokens() {
    Map<String, Tensor> fed =
        Map.of("ids", IDS.toTensor(), "mask", MASK.toTensor(), "key", key(7).toTensor());
    Map<String, Tensor> actual = OrtEvaluator.evaluate(graph(), fed);
    for (String output : new String[] {"masked", "chosen"}) {
      assertThat(Nd.of(Interpreter.require(actual, output)).toArray())
          .containsExactly(run(7, output));
    }
  }

  @Test
  void aTokenizerWithoutAMaskTokenIsRefused() {
    Vocabulary none = new Vocabulary(1000, 0, 1, 2, 3, Vocabulary.NONE);
    assertThatThrownBy(() -> new TokenMasking(none, 0.15))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("the tokenizer has no mask token");
  }

  private static long id(int row, int place) {
    if (place == 0) {
      return 2;
    }
    return place <= WORDS ? 5 + (31L * row + 7L * place) % 900 : place == WORDS + 1 ? 3 : 0;
  }

  private static double at(IntPredicate condition) {
    return IntStream.range(0, ROWS * LENGTH).filter(condition).count();
  }

  private static Nd key(long step) {
    long key = RandomOps.key(1, step);
    return Nd.integers(new int[0], i -> key);
  }

  private static double[] run(long step, String output) {
    return Interpreter.run(graph(), Map.of("ids", IDS, "mask", MASK, "key", key(step)))
        .output(output)
        .toArray();
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value ids = builder.input("ids", ElementType.INT64, Shape.batched(LENGTH));
    Value mask = builder.input("mask", ElementType.INT64, Shape.batched(LENGTH));
    Value key = builder.input("key", ElementType.INT64, Shape.of());
    TokenMasking.Masked masked =
        new TokenMasking(VOCABULARY, 0.15).apply(builder.ops("mlm"), ids, mask, key, "mlm");
    return builder.build(Map.of("masked", masked.ids(), "chosen", masked.chosen()));
  }
}
