package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenWordsTest {

  private static final Vocabulary VOCABULARY = new Vocabulary(6, 0, 5, 1, 2, 3);
  private static final HiddenWords WORDS =
      HiddenWords.of(List.of(List.of(1L, 4L, 5L, 2L), List.of(1L, 2L)), VOCABULARY);

  @Test
  void everyWordIsHiddenOnceAndNothingElse() {
    assertThat(WORDS.places())
        .containsExactly(new HiddenWords.Place(0, 1, 4), new HiddenWords.Place(0, 2, 5));
    Tensor ids = Tensor.of(new long[] {1, 4, 5, 2, 1, 4, 5, 2}, 2, 4);
    WORDS.hide(0, ids);
    long[] hidden = new long[8];
    ids.longs().get(hidden);
    assertThat(hidden).containsExactly(1, 3, 5, 2, 1, 4, 3, 2);
  }

  @Test
  void guessesAreJudgedWhereTheWordStood() {
    float[] logits = new float[2 * 4 * 6];
    logits[1 * 6 + 4] = 9;
    logits[(4 + 2) * 6 + 0] = (float) Math.log(5);
    HiddenWords.Guesses guesses = new HiddenWords.Guesses();
    guesses.add(WORDS, 0, Tensor.of(logits, 2, 4, 6));
    assertThat(guesses.accuracy()).isEqualTo(0.5);
    double first = Math.exp(9) / (Math.exp(9) + 5);
    assertThat(guesses.perplexity()).isCloseTo(1 / Math.sqrt(first * 0.1), within(1e-4));
  }
}
