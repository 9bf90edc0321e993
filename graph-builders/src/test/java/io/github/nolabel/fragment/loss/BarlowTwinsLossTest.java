package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarlowTwinsLossTest {

  /** Columns of a Hadamard matrix: mean 0, variance 1, correlation 0. */
  private static final Nd APART =
      LossCheck.matrix(4, 3, (i, j) -> Integer.bitCount(i & (j + 1)) % 2 == 0 ? 1 : -1);

  /** What 1e-5 on a variance of one takes from a correlation, squared and summed, and more. */
  private static final double ROUNDED = 3e-4;

  /** By PyTorch in float64, with BatchNorm1d(affine=False) as in the paper's code. */
  @Test
  void equalsTheGoldenNumbers() {
    loss(0.0051, 1, false).isGolden(6.6251653661, A, C);
    loss(0.0051, 1, true).isGolden(6.7800788112, A, C);
  }

  @Test
  void isZeroForEqualFeaturesThatDoNotRepeat() {
    assertThat(loss(0.5, 1, false).value(APART, APART)).isCloseTo(0, within(1e-9));
  }

  /** Three features of which every pair is perfectly correlated: six terms off the diagonal. */
  @Test
  void repeatedFeaturesCostLambdaPerPair() {
    Nd repeated = LossCheck.matrix(4, 3, (i, j) -> i % 2 == 0 ? 1 : -1);
    assertThat(loss(0.5, 1, false).value(repeated, repeated)).isCloseTo(6 * 0.5, within(ROUNDED));
    assertThat(loss(0.5, 1, true).value(repeated, repeated))
        .isCloseTo(6 * 0.5 * 4, within(ROUNDED));
    assertThat(loss(0.5, 1, false).value(repeated, repeated.map(x -> -x)))
        .isCloseTo(3 * 4 + 6 * 0.5, within(ROUNDED));
  }

  /** The identity is the target unless the variant is asked for, where uncorrelated costs. */
  @Test
  void uncorrelatedFeaturesCostOnlyInTheVariant() {
    assertThat(loss(0.5, 1, true).value(APART, APART)).isCloseTo(6 * 0.5, within(1e-9));
  }

  @Test
  void isBlindToScaleAndShiftOfFeaturesAndSymmetric() {
    double loss = loss(0.1, 1, false).value(A, C);
    assertThat(loss(0.1, 1, false).value(C, A)).isCloseTo(loss, within(1e-9));
    Nd other = LossCheck.matrix((i, j) -> (j + 1) * A.at(i * 6 + j) - 3 * j);
    assertThat(loss(0.1, 1, false).value(other, C)).isCloseTo(loss, within(ROUNDED));
    assertThat(loss(0.1, 0.024, false).value(A, C)).isCloseTo(0.024 * loss, within(1e-9));
  }

  @Test
  void aConstantFeatureIsFiniteAndCorrelatesWithNothing() {
    Nd constant = LossCheck.matrix(4, 3, (i, j) -> j == 0 ? 7 : APART.at(3 * i + j));
    assertThat(loss(0.5, 1, false).value(constant, APART)).isCloseTo(1, within(1e-9));
    assertThat(loss(0.5, 1, false).byRuntime(constant, APART)).isCloseTo(1, within(1e-5));
    for (double slope : loss(0.5, 1, false).gradient(0, constant, constant).toArray()) {
      assertThat(slope).isFinite();
    }
  }

  @Test
  void gradientsAreSlopes() {
    loss(0.2, 1, false).gradientsAreSlopes(List.of(0, 1), A, C);
    loss(0.2, 0.5, true).gradientsAreSlopes(List.of(0, 1), A, C);
  }

  private static LossCheck loss(double lambda, double scale, boolean hsic) {
    return new LossCheck(
        (g, x) -> new BarlowTwinsLoss(lambda, scale, hsic).apply(g, x.get(0), x.get(1)));
  }
}
