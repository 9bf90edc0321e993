package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static io.github.nolabel.fragment.loss.LossCheck.E;
import static io.github.nolabel.fragment.loss.LossCheck.G;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfoNceTest {

  private static final LossCheck UNIT = new LossCheck((g, x) -> Vectors.unit(g, x.get(0)));

  /** Row n is the unit vector along sin(2 d + n) for d from 0 to 5. */
  private static final Nd QUEUE =
      UNIT.tensor(LossCheck.matrix(5, 6, (n, d) -> Math.sin(2 * d + n)));

  /** MoCo v3 with queries A and C, keys E and G, without the factor 2T; by AK_SSL in float64. */
  @ParameterizedTest
  @CsvSource({"0.07, 15.8579557028885", "0.2, 6.434037213472041"})
  void bothDirectionsEqualTheGoldenNumber(double temperature, double expected) {
    bothDirections(temperature, 1).isGolden(expected, A, C, E, G);
  }

  /** The paper's factor; by PyTorch in float64. */
  @ParameterizedTest
  @CsvSource({"0.07, 2.22011379840439", "0.2, 2.5736148853888166"})
  void timesTwiceTheTemperatureEqualsTheGoldenNumber(double temperature, double expected) {
    bothDirections(temperature, 2 * temperature).isGolden(expected, A, C, E, G);
  }

  /** MoCo v2 with query A, key C and a queue of five; by AK_SSL in float64. */
  @Test
  void amongNegativesEqualsTheGoldenNumber() {
    amongNegatives(0.07).isGolden(2.02230453307817, A, C, QUEUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void equalEmbeddingsCostTheLogOfTheCandidates(int count) {
    Nd ones = LossCheck.matrix(count, 3, (i, j) -> 1);
    Nd unit = ones.map(x -> x / Math.sqrt(3));
    assertThat(amongBatch(0.3).value(ones, ones)).isCloseTo(Math.log(count), within(1e-9));
    Nd query = LossCheck.matrix(10, 3, (i, j) -> 1);
    assertThat(amongNegatives(0.3).value(query, query, unit))
        .isCloseTo(Math.log(count + 1), within(1e-9));
  }

  /** Keys at right angles to every other query: log(1 + (N - 1) exp(-1 / T)). */
  @Test
  void orthogonalRowsCostTheClosedForm() {
    Nd axes = LossCheck.matrix(4, 6, (i, j) -> i == j ? i + 1 : 0);
    assertThat(amongBatch(0.5).value(axes, axes))
        .isCloseTo(Math.log1p(3 * Math.exp(-2)), within(1e-12));
  }

  @Test
  void isBlindToLengthAndToTheOrderOfNegatives() {
    double loss = amongNegatives(0.2).value(A, C, QUEUE);
    Nd reversed = LossCheck.matrix(5, 6, (n, d) -> QUEUE.at((4 - n) * 6 + d));
    assertThat(amongNegatives(0.2).value(A.map(x -> 9 * x), C.map(x -> x / 7), reversed))
        .isCloseTo(loss, within(1e-12));
  }

  /** A batch of one query repeated sees every key as the right one in turn. */
  @Test
  void theBatchesOtherKeysAreItsNegatives() {
    Nd queries = LossCheck.matrix((i, j) -> A.at(j));
    Nd query = LossCheck.matrix(1, 6, (i, j) -> A.at(j));
    double mean = 0;
    for (int row = 0; row < 4; row++) {
      int right = row;
      Nd key = LossCheck.matrix(1, 6, (i, j) -> C.at(right * 6 + j));
      Nd others = LossCheck.matrix(3, 6, (i, j) -> C.at((right + i + 1) % 4 * 6 + j));
      mean += amongNegatives(0.4).value(query, key, UNIT.tensor(others)) / 4;
    }
    assertThat(amongBatch(0.4).value(queries, C)).isCloseTo(mean, within(1e-9));
  }

  @Test
  void gradientsAreSlopes() {
    amongBatch(0.2).gradientsAreSlopes(List.of(0, 1), A, C);
    amongNegatives(0.2).gradientsAreSlopes(List.of(0, 1, 2), A, C, QUEUE);
  }

  @Test
  void tinyTemperaturesStayFinite() {
    assertThat(amongBatch(1e-3).byRuntime(A, C)).isFinite();
    assertThat(amongNegatives(1e-3).byRuntime(A, C, QUEUE)).isFinite();
  }

  private static LossCheck bothDirections(double temperature, double factor) {
    InfoNce infoNce = new InfoNce(temperature);
    return new LossCheck(
        (g, x) ->
            g.mul(
                g.add(
                    infoNce.amongBatch(g, x.get(0), x.get(3)),
                    infoNce.amongBatch(g, x.get(1), x.get(2))),
                factor));
  }

  private static LossCheck amongBatch(double temperature) {
    return new LossCheck((g, x) -> new InfoNce(temperature).amongBatch(g, x.get(0), x.get(1)));
  }

  private static LossCheck amongNegatives(double temperature) {
    return new LossCheck(
        (g, x) -> new InfoNce(temperature).amongNegatives(g, x.get(0), x.get(1), x.get(2)));
  }
}
