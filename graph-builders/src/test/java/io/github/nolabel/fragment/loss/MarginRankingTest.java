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

class MarginRankingTest {

  private static final int ROWS = 4;
  private static final MarginRanking RANKING = new MarginRanking(0.2);
  private static final LossCheck ALL =
      new LossCheck((g, x) -> RANKING.sumOfHinges(g, cosines(g, x)));
  private static final LossCheck WORST =
      new LossCheck((g, x) -> RANKING.maxViolation(g, cosines(g, x)));

  private static Value cosines(Ops g, List<Value> x) {
    return g.matMul(Vectors.unit(g, x.get(0)), g.transposeMatrix(Vectors.unit(g, x.get(1))));
  }

  /** The golden numbers, by vse_golden.py, are sums over rows as in the paper. */
  @Test
  void goldenNumbers() {
    ALL.isGolden(4.4379586973 / ROWS, A, C);
    WORST.isGolden(1.8960593283 / ROWS, A, C);
  }

  @Test
  void equalScoresViolateByTheMarginBothWays() {
    Nd ones = A.map(x -> 1);
    assertThat(WORST.value(ones, ones)).isCloseTo(0.4, within(1e-9));
    assertThat(ALL.value(ones, ones)).isCloseTo(0.4 * (ROWS - 1), within(1e-9));
  }

  /** The diagonal is no negative: it would violate its own lead by the margin. */
  @Test
  void pairsThatLeadCostNothing() {
    Nd axes = LossCheck.matrix((i, j) -> i == j ? 1 : 0);
    assertThat(WORST.value(axes, axes)).isZero();
    assertThat(ALL.value(axes, axes)).isZero();
  }

  @Test
  void gradientsAreSlopes() {
    ALL.gradientsAreSlopes(List.of(0, 1), A, C);
    WORST.gradientsAreSlopes(List.of(0, 1), A, C);
  }
}
