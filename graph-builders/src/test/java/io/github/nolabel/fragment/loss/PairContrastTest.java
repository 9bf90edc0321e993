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
import org.junit.jupiter.params.provider.ValueSource;

/** Golden numbers in float64, by their formulas in Python. */
class PairContrastTest {

  private static final int ROWS = 4;
  private static final int[] REORDERED = {2, 0, 3, 1};
  private static final LossCheck CLIP_OF_LOGITS =
      new LossCheck((g, x) -> PairContrast.softmax(g, square(g, x)));
  private static final LossCheck SIGLIP_OF_LOGITS =
      new LossCheck((g, x) -> PairContrast.sigmoid(g, square(g, x)));

  @Test
  void chosenAmongTheBatchItIsTheGoldenNumber() {
    clip(1).isGolden(1.37631694382, A, C);
    clip(1 / 0.07).isGolden(1.468135367454, A, C);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 2.76020450587", "10, -10, 9.915383654164"})
  void judgedByThemselvesItIsTheGoldenNumber(double scale, double bias, double expected) {
    sigLip(scale, bias).isGolden(expected, A, C);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, -3", "5, 40", "9, 0.5"})
  void equalLogitsCostTheLogOfTheBatch(int count, double logit) {
    Nd equal = LossCheck.matrix(count, count, (i, j) -> logit);
    assertThat(CLIP_OF_LOGITS.value(equal, axes(count))).isCloseTo(Math.log(count), within(1e-9));
  }

  /** One pair is right and N - 1 are wrong: at zero each costs log 2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void logitsOfZeroCostTheLogOfTwoForEveryColumn(int count) {
    Nd zeros = LossCheck.matrix(count, count, (i, j) -> 0);
    assertThat(SIGLIP_OF_LOGITS.value(zeros, axes(count)))
        .isCloseTo(count * Math.log(2), within(1e-9));
  }

  @Test
  void hugeRightLogitsCostNothing() {
    Nd right = LossCheck.matrix(ROWS, ROWS, (i, j) -> i == j ? 500 : -500);
    assertThat(SIGLIP_OF_LOGITS.value(right, axes(ROWS))).isCloseTo(0, within(1e-12));
    assertThat(SIGLIP_OF_LOGITS.byRuntime(right, axes(ROWS))).isCloseTo(0, within(1e-6));
    assertThat(CLIP_OF_LOGITS.value(right, axes(ROWS))).isCloseTo(0, within(1e-12));
    assertThat(CLIP_OF_LOGITS.byRuntime(right, axes(ROWS))).isCloseTo(0, within(1e-6));
  }

  /** Every wrong judgement costs its logit; a wrong choice the lead of N - 1 others. */
  @Test
  void hugeWrongLogitsCostWhatTheyAreAndNoMore() {
    Nd wrong = LossCheck.matrix(ROWS, ROWS, (i, j) -> i == j ? -500 : 500);
    assertThat(SIGLIP_OF_LOGITS.value(wrong, axes(ROWS))).isCloseTo(500 * ROWS, within(1e-9));
    assertThat(SIGLIP_OF_LOGITS.byRuntime(wrong, axes(ROWS))).isCloseTo(500 * ROWS, within(1e-2));
    assertThat(CLIP_OF_LOGITS.byRuntime(wrong, axes(ROWS)))
        .isCloseTo(1000 + Math.log(3), within(1e-2));
  }

  @Test
  void theOrderOfPairsIsOfNoMatter() {
    for (LossCheck loss : List.of(clip(7), sigLip(7, -2))) {
      assertThat(loss.value(reordered(A), reordered(C))).isCloseTo(loss.value(A, C), within(1e-12));
      assertThat(loss.value(A, reordered(C))).isNotCloseTo(loss.value(A, C), within(1e-3));
    }
  }

  @Test
  void imagesAndTextsChangePlacesWithoutAChange() {
    for (LossCheck loss : List.of(clip(7), sigLip(7, -2))) {
      assertThat(loss.value(C, A)).isCloseTo(loss.value(A, C), within(1e-12));
    }
  }

  @Test
  void gradientsAreSlopes() {
    clip(3).gradientsAreSlopes(List.of(0, 1), A, C);
    sigLip(3, -1).gradientsAreSlopes(List.of(0, 1), A, C);
  }

  private static LossCheck clip(double scale) {
    return new LossCheck((g, x) -> PairContrast.softmax(g, g.mul(cosines(g, x), scale)));
  }

  private static LossCheck sigLip(double scale, double bias) {
    return new LossCheck(
        (g, x) -> PairContrast.sigmoid(g, g.add(g.mul(cosines(g, x), scale), g.constant(bias))));
  }

  private static Value cosines(Ops g, List<Value> x) {
    return g.matMul(Vectors.unit(g, x.get(0)), g.transposeMatrix(Vectors.unit(g, x.get(1))));
  }

  /** Logits as they are, as a product of rows and rows. */
  private static Value square(Ops g, List<Value> x) {
    return g.matMul(x.get(0), g.transposeMatrix(x.get(1)));
  }

  private static Nd axes(int count) {
    return LossCheck.matrix(count, count, (i, j) -> i == j ? 1 : 0);
  }

  private static Nd reordered(Nd rows) {
    return LossCheck.matrix((i, j) -> rows.at(REORDERED[i] * rows.extent(1) + j));
  }
}
