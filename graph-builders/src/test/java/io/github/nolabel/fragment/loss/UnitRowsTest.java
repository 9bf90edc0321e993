package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Vectors}. */
class UnitRowsTest {

  private static final LossCheck UNIT = new LossCheck((g, x) -> Vectors.unit(g, x.get(0)));
  private static final LossCheck WEIGHTED =
      new LossCheck((g, x) -> g.reduceSum(g.mul(Vectors.unit(g, x.get(0)), x.get(1)), false));

  @Test
  void rowsHaveLengthOneAndKeepTheirDirection() {
    Nd unit = UNIT.tensor(A);
    for (int row = 0; row < 4; row++) {
      double squares = 0;
      double along = 0;
      double length = 0;
      for (int i = 6 * row; i < 6 * row + 6; i++) {
        squares += unit.at(i) * unit.at(i);
        along += unit.at(i) * A.at(i);
        length += A.at(i) * A.at(i);
      }
      assertThat(squares).isCloseTo(1, within(1e-12));
      assertThat(along).isCloseTo(Math.sqrt(length), within(1e-12));
    }
    assertThat(UNIT.tensorByRuntime(A.map(x -> 1e4 * x)).toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(unit.toArray());
  }

  @Test
  void aRowOfZerosStaysZeroWithAFiniteGradient() {
    Nd zeros = A.map(x -> 0);
    assertThat(UNIT.tensorByRuntime(zeros).toArray()).containsOnly(0);
    for (double slope : WEIGHTED.gradient(0, zeros, C).toArray()) {
      assertThat(slope).isFinite();
    }
  }

  @Test
  void gradientsAreSlopes() {
    WEIGHTED.gradientsAreSlopes(List.of(0, 1), A, C);
  }

  @Test
  void meanCosineOfTheSameRowsIsOneAndOfOppositeMinusOne() {
    LossCheck cosine = new LossCheck((g, x) -> Vectors.meanCosine(g, x.get(0), x.get(1), 1e-12));
    assertThat(cosine.value(A, A.map(x -> 3 * x))).isCloseTo(1, within(1e-12));
    assertThat(cosine.value(A, A.map(x -> -x))).isCloseTo(-1, within(1e-12));
  }
}
