package io.github.nolabel.methods.multimodal.uniter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.text.TokenMasking;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneWordAtLeastTest {

  private static final int ROWS = 2000;
  private static final int WORD = 9;

  /** Padding 0, start 2, end 3, mask 4, and enough words that a random one is hardly the same. */
  private static final TokenMasking MASKING =
      new TokenMasking(new Vocabulary(10_000, 0, 1, 2, 3, 4), 0.15, true);

  private static final Run CHOSEN =
      (g, ids, mask, key) -> MASKING.apply(g, ids, mask, key, "words").chosen();
  private static final Run IDS =
      (g, ids, mask, key) -> MASKING.apply(g, ids, mask, key, "words").ids();

  /** Start, five words, end, padding. */
  private static final long[] TEXTS = {2, WORD, WORD, WORD, WORD, WORD, 3, 0};

  private static final long[] PRESENT = {1, 1, 1, 1, 1, 1, 1, 0};

  private final float[] chosen = CHOSEN.on(rows(TEXTS), rows(PRESENT), 7);
  private final float[] ids = IDS.on(rows(TEXTS), rows(PRESENT), 7);

  @Test
  void onlyWordsAreDrawnAndAtLeastOneOfEveryText() {
    for (int row = 0; row < ROWS; row++) {
      float[] text = Arrays.copyOfRange(chosen, Run.LENGTH * row, Run.LENGTH * (row + 1));
      assertThat(text[0] + text[6] + text[7]).isZero();
      assertThat(sum(text)).isBetween(1.0, 5.0);
    }
  }

  /** One of five at least: the share rises from 0.15 to that plus 0.85^5 / 5. */
  @Test
  void asManyAreDrawnAsAskedFor() {
    assertThat(sum(chosen) / (5 * ROWS)).isCloseTo(0.15 + Math.pow(0.85, 5) / 5, within(0.02));
  }

  @Test
  void eightOfTenAreMaskedOneIsReplacedAndOneStays() {
    int[] drawn = IntStream.range(0, ids.length).filter(i -> chosen[i] == 1).toArray();
    double masked = Arrays.stream(drawn).filter(i -> ids[i] == 4).count();
    double kept = Arrays.stream(drawn).filter(i -> ids[i] == WORD).count();
    assertThat(masked / drawn.length).isCloseTo(0.8, within(0.03));
    assertThat(kept / drawn.length).isCloseTo(0.1, within(0.03));
  }

  @Test
  void whatIsNotDrawnStays() {
    long[] texts = rows(TEXTS);
    IntStream.range(0, ids.length)
        .filter(i -> chosen[i] == 0)
        .forEach(i -> assertThat(ids[i]).isEqualTo((float) texts[i]));
  }

  @Test
  void aTextWithoutWordsHasNoneDrawn() {
    assertThat(
            CHOSEN.on(new long[] {2, 3, 0, 0, 0, 0, 0, 0}, new long[] {1, 1, 0, 0, 0, 0, 0, 0}, 1))
        .containsOnly(0);
  }

  @Test
  void anotherKeyDrawsOthers() {
    assertThat(CHOSEN.on(rows(TEXTS), rows(PRESENT), 8)).isNotEqualTo(chosen);
    assertThat(CHOSEN.on(rows(TEXTS), rows(PRESENT), 7)).isEqualTo(chosen);
  }

  @Test
  void aTokenizerWithoutAMaskIsRefused() {
    Vocabulary unmasked = new Vocabulary(100, 0, 1, 2, 3, Vocabulary.NONE);
    assertThatThrownBy(() -> new TokenMasking(unmasked, 0.15, true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("such as wordpiece");
  }

  private static long[] rows(long[] row) {
    return IntStream.range(0, ROWS * row.length).mapToLong(i -> row[i % row.length]).toArray();
  }

  private static double sum(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }
}
