package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerplexityTest {

  private static final Tensor IDS = Tensor.of(new long[] {1, 2, 0, 1, 0, 2}, 2, 3);

  @Test
  void equalLogitsLeaveTheWholeVocabulary() {
    Perplexity perplexity = new Perplexity();
    perplexity.add(
        Tensor.of(new float[24], 2, 3, 4), IDS, Tensor.of(new long[] {1, 1, 0, 1, 1, 1}, 2, 3));
    assertThat(perplexity.value()).isCloseTo(4, within(1e-9));
    assertThat(perplexity.tokens()).isEqualTo(3);
  }

  @Test
  void aTokenIsJudgedByTheLogitsBeforeIt() {
    float[] logits = new float[12];
    logits[2] = (float) Math.log(3);
    Perplexity perplexity = new Perplexity();
    perplexity.add(
        Tensor.of(logits, 1, 3, 4),
        Tensor.of(new long[] {1, 2, 0}, 1, 3),
        Tensor.of(new long[] {1, 1, 0}, 1, 3));
    assertThat(perplexity.value()).isCloseTo(2, within(1e-6));
  }

  @Test
  void nothingSurprisesNobody() {
    assertThat(new Perplexity().value()).isNaN();
  }

  @Test
  void countsAreSmoothedByOne() {
    TokenCounts counts = new TokenCounts(4);
    counts.add(List.of(2L, 2L, 3L));
    double expected = 1 / Math.sqrt(3.0 / 7 * (2.0 / 7));
    assertThat(counts.perplexity(List.of(2L, 3L))).isCloseTo(expected, within(1e-9));
    assertThat(counts.accuracy(List.of(2L, 3L, 0L, 2L))).isEqualTo(0.5);
  }
}
