package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkhornTest {

  private static final LossCheck GOLDEN = assignment(0.5, 3);

  /** By AK_SSL, with three rounds and epsilon 0.5. */
  private static final double[] ROWS = {
    0.1160902383, 0.3673204254, 0.3001086790, 0.1909791697, 0.0197078205, 0.0057936671,
    0.1755630554, 0.0171342271, 0.0081587561, 0.0939237984, 0.3799289157, 0.3252912473,
    0.0640532751, 0.2450455571, 0.3398297185, 0.3168218630, 0.0291005378, 0.0051490484,
    0.3162710461, 0.0274741395, 0.0078739844, 0.0588371420, 0.2478811534, 0.3416625345
  };

  @Test
  void equalsTheGoldenRows() {
    assertThat(GOLDEN.tensor(A).toArray()).usingComparatorWithPrecision(1e-9).containsExactly(ROWS);
    assertThat(GOLDEN.tensorByRuntime(A).toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(ROWS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 200})
  void rowsSumToOne(int iterations) {
    double[] q = assignment(0.05, iterations).tensor(A).toArray();
    for (int row = 0; row < 4; row++) {
      assertThat(Arrays.stream(q, 6 * row, 6 * row + 6).sum()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void manyRoundsFillPrototypesEvenly() {
    double[] q = assignment(0.5, 200).tensor(A).toArray();
    for (int column = 0; column < 6; column++) {
      double sum = q[column] + q[column + 6] + q[column + 12] + q[column + 18];
      assertThat(sum).as("prototype %d", column).isCloseTo(4 / 6.0, within(1e-6));
    }
  }

  @Test
  void equalScoresSpreadEvenly() {
    assertThat(GOLDEN.tensor(A.map(x -> 3)).toArray())
        .usingComparatorWithPrecision(1e-12)
        .containsOnly(1 / 6.0);
  }

  /** A prototype that everything prefers equally, or a sample that prefers all, changes nothing. */
  @Test
  void offsetsOfColumnsAndRowsCancel() {
    Nd shifted = LossCheck.matrix((i, j) -> A.at(6 * i + j) + 5 * j - 2 * i);
    assertThat(assignment(0.5, 400).tensor(shifted).toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(assignment(0.5, 400).tensor(A).toArray());
  }

  @Test
  void theSmallestEpsilonStaysFinite() {
    for (double share : assignment(1e-4, 3).tensorByRuntime(A.map(x -> 20 * x)).toArray()) {
      assertThat(share).isFinite().isBetween(0.0, 1.0);
    }
  }

  @Test
  void samplesLeftOutDoNotCount() {
    LossCheck weighted =
        new LossCheck((g, x) -> new Sinkhorn(0.5, 3).assign(g, x.get(0), x.get(1)));
    Nd six = LossCheck.matrix(6, 6, (i, j) -> i < 4 ? A.at(6 * i + j) : Math.exp(i - j));
    Nd weights = LossCheck.matrix(6, 1, (i, j) -> i < 4 ? 0 : -1e30);
    assertThat(Arrays.copyOf(weighted.tensor(six, weights).toArray(), 24))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(ROWS);
    assertThat(Arrays.copyOf(weighted.tensorByRuntime(six, weights).toArray(), 24))
        .usingComparatorWithPrecision(1e-5)
        .containsExactly(ROWS);
  }

  private static LossCheck assignment(double epsilon, int iterations) {
    return new LossCheck((g, x) -> new Sinkhorn(epsilon, iterations).assign(g, x.get(0)));
  }
}
