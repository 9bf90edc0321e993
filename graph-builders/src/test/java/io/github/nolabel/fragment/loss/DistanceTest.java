package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static io.github.nolabel.fragment.loss.LossCheck.E;
import static io.github.nolabel.fragment.loss.LossCheck.G;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistanceTest {

  private static final LossCheck NORMALISED =
      new LossCheck((g, x) -> Distance.normalised(g, x.get(0), x.get(1)));
  private static final LossCheck COSINE =
      new LossCheck((g, x) -> Distance.negativeCosine(g, x.get(0), x.get(1), 1e-8));

  /** BYOL with predictions A and E, targets C and G; by AK_SSL in float64. */
  @Test
  void bothDirectionsOfByolEqualTheGoldenNumber() {
    new LossCheck(
            (g, x) ->
                g.add(
                    Distance.normalised(g, x.get(0), x.get(3)),
                    Distance.normalised(g, x.get(2), x.get(1))))
        .isGolden(4.431344746605317, A, C, E, G);
  }

  /** SimSiam with embeddings A and E, predictions C and G; by AK_SSL in float64. */
  @Test
  void bothDirectionsOfSimSiamEqualTheGoldenNumber() {
    assertThat((COSINE.value(C, E) + COSINE.value(G, A)) / 2)
        .isCloseTo(0.10783618665132942, within(1e-9));
    assertThat((COSINE.byRuntime(C, E) + COSINE.byRuntime(G, A)) / 2)
        .isCloseTo(0.10783618665132942, within(1e-6));
  }

  @Test
  void isZeroForTheSameDirectionAndFourForTheOpposite() {
    assertThat(NORMALISED.value(A, A.map(x -> 5 * x))).isCloseTo(0, within(1e-12));
    assertThat(NORMALISED.value(A, A.map(x -> -x / 2))).isCloseTo(4, within(1e-12));
    assertThat(COSINE.value(A, A.map(x -> 5 * x))).isCloseTo(-1, within(1e-12));
  }

  @Test
  void oneLessTheCosineIsHalfTheSquaredDistance() {
    LossCheck cosine = new LossCheck((g, x) -> Distance.cosine(g, x.get(0), x.get(1)));
    assertThat(cosine.value(A, A.map(x -> 5 * x))).isCloseTo(0, within(1e-12));
    assertThat(cosine.value(A, C)).isCloseTo(NORMALISED.value(A, C) / 2, within(1e-12));
    cosine.gradientsAreSlopes(List.of(0), A, C);
  }

  @Test
  void orthogonalRowsAreTwoApart() {
    Nd even = LossCheck.matrix((i, j) -> j % 2 == 0 ? i + 1 : 0);
    Nd odd = LossCheck.matrix((i, j) -> j % 2 == 1 ? j : 0);
    assertThat(NORMALISED.value(even, odd)).isEqualTo(2);
    assertThat(COSINE.value(even, odd)).isZero();
  }

  @Test
  void differsFromTheNegativeCosineByAFactorAndAConstant() {
    assertThat(NORMALISED.value(A, C)).isCloseTo(2 + 2 * COSINE.value(A, C), within(1e-12));
  }

  @Test
  void gradientsAreSlopes() {
    NORMALISED.gradientsAreSlopes(List.of(0, 1), A, C);
    COSINE.gradientsAreSlopes(List.of(0, 1), A, C);
  }

  /** In the negative cosine, a row below the smallest length is a row scaled by a constant. */
  @Test
  void shortRowsCountAsIfTheyHadTheSmallestLength() {
    LossCheck coarse = new LossCheck((g, x) -> Distance.negativeCosine(g, x.get(0), x.get(1), 1));
    Nd unit = LossCheck.matrix((i, j) -> j == 0 ? 1 : 0);
    assertThat(coarse.value(unit.map(x -> x / 4), unit)).isCloseTo(-0.25, within(1e-12));
  }

  @Test
  void rowsOfZerosHaveFiniteLossAndGradient() {
    Nd zeros = A.map(x -> 0);
    assertThat(NORMALISED.byRuntime(zeros, C)).isEqualTo(2);
    for (double slope : NORMALISED.gradient(0, zeros, C).toArray()) {
      assertThat(slope).isFinite();
    }
  }
}
