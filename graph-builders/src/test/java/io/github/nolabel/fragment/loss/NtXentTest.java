package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtXentTest {

  /** Computed in float64 by the loss of the Python library AK_SSL on the same matrices. */
  @ParameterizedTest
  @CsvSource({"0.5, 2.273698746", "0.1, 7.640122542"})
  void equalsGoldenNumbers(double temperature, double expected) {
    ntXent(temperature).isGolden(expected, A, C);
  }

  /** All 2N embeddings are equal, so each sees 2N - 1 equal candidates. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void identicalEmbeddingsCostTheLogOfTheCandidates(int batch) {
    Nd ones = Nd.of(new int[] {batch, 4}, i -> 1);
    assertThat(ntXent(0.5).value(ones, ones)).isCloseTo(Math.log(2 * batch - 1), within(1e-9));
  }

  @Test
  void isSymmetricInTheViewsAndBlindToLength() {
    double loss = ntXent(0.3).value(A, C);
    assertThat(ntXent(0.3).value(C, A)).isCloseTo(loss, within(1e-12));
    assertThat(ntXent(0.3).value(A.map(x -> 7 * x), C.map(x -> x / 3)))
        .isCloseTo(loss, within(1e-9));
  }

  @Test
  void tinyTemperaturesStayFinite() {
    assertThat(ntXent(1e-3).byRuntime(A, C)).isFinite();
  }

  @Test
  void gradientEqualsFiniteDifferencesAndTheRuntimes() {
    ntXent(0.2).gradientsAreSlopes(List.of(0, 1), A, C);
  }

  @Test
  void oneRowOfZerosCostsNoNumbers() {
    Nd zeroRow = Nd.of(new int[] {4, 6}, i -> i < 6 ? 0 : A.at(i));
    assertThat(ntXent(0.5).byRuntime(zeroRow, C)).isFinite();
  }

  private static LossCheck ntXent(double temperature) {
    return new LossCheck((g, x) -> new NtXent(temperature).apply(g, x.get(0), x.get(1)));
  }
}
