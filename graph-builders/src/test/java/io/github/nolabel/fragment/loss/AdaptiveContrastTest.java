package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveContrastTest {

  private static final Nd IDENTITY = LossCheck.matrix(4, 4, (i, j) -> i == j ? 1 : 0);

  private static Value raw(Ops g, List<Value> x) {
    return g.matMul(x.get(0), g.transposeMatrix(x.get(1)));
  }

  private static Value cosines(Ops g, List<Value> x) {
    return raw(g, x.stream().map(rows -> Vectors.unit(g, rows)).toList());
  }

  private static AdaptiveContrast contrast(double scale) {
    return new AdaptiveContrast(0.2, scale);
  }

  /** Of scores as they are given. */
  private static double loss(Nd scores) {
    return new LossCheck((g, x) -> contrast(1.25).apply(g, raw(g, x))).value(scores, IDENTITY);
  }

  private static double negatives(Nd scores) {
    LossCheck count = new LossCheck((g, x) -> contrast(1.25).negatives(g, raw(g, x)));
    assertThat(count.byRuntime(scores, IDENTITY)).isEqualTo(count.value(scores, IDENTITY));
    return count.value(scores, IDENTITY);
  }

  private static Nd scores(double pairs, double others) {
    return LossCheck.matrix(4, 4, (i, j) -> i == j ? pairs : others);
  }

  /** By vse_golden.py. */
  @ParameterizedTest
  @CsvSource({"1, 30.3843348124, 2", "1.25, 30.3843348124, 2"})
  void rawRowsCostTheGoldenNumber(double scale, double expected, double count) {
    new LossCheck((g, x) -> contrast(scale).apply(g, raw(g, x))).isGolden(expected, A, C);
    new LossCheck((g, x) -> contrast(scale).negatives(g, raw(g, x))).isGolden(count, A, C);
  }

  /** By vse_golden.py. */
  @ParameterizedTest
  @CsvSource({"1, 23.7228963776, 3", "1.25, 23.7228963776, 3"})
  void unitRowsCostTheGoldenNumber(double scale, double expected, double count) {
    new LossCheck((g, x) -> contrast(scale).apply(g, cosines(g, x))).isGolden(expected, A, C);
    new LossCheck((g, x) -> contrast(scale).negatives(g, cosines(g, x))).isGolden(count, A, C);
  }

  /** With zeros in place of the pairs, those would be the hardest of scores below zero. */
  @Test
  void aPairIsNeverItsOwnNegativeEvenIfAllScoresAreBelowZero() {
    Nd scores = scores(-0.1, -0.35);
    double rivals = negatives(scores) * Math.exp((-0.35 + 0.2 + 0.1) / 0.01);
    assertThat(loss(scores)).isCloseTo(Math.log1p(rivals), within(1e-9));
  }

  /** exp(-0) for pairs: (4 + 12 e) / 16 with others at -1; the angle's cosine is below zero. */
  @Test
  void aCosineBelowZeroLeavesOneNegative() {
    assertThat(Math.cos(Math.pow((4 + 12 * Math.E) / 16 - 0.1, 1.25))).isNegative();
    assertThat(negatives(scores(-0.1, -1))).isEqualTo(1);
  }

  @Test
  void aSumBelowZeroCountsAsZeroAndTakesAll() {
    assertThat(negatives(scores(-1, 1))).isEqualTo(3);
  }

  /** Three equal rivals among which one is chosen: the number counts, not their score. */
  @Test
  void tiesAreBrokenSoThatTheNumberIsKept() {
    double rivals = Math.exp((-1 + 0.2 + 0.9) / 0.01);
    assertThat(negatives(scores(-0.9, -1))).isEqualTo(1);
    assertThat(loss(scores(-0.9, -1))).isCloseTo(Math.log1p(rivals), within(1e-9));
  }

  /** Scaled down, as slopes are a hundred times those of the scores. */
  @Test
  void gradientsAreSlopes() {
    LossCheck scaled = new LossCheck((g, x) -> g.mul(contrast(1.25).apply(g, cosines(g, x)), 1e-3));
    scaled.gradientsAreSlopes(List.of(0, 1), A, C);
  }
}
