package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of two tokens of a vocabulary of three; row r has the ids r and r + 1, modulo three. */
class MaskedTokensTest {

  private static final Nd FIRST = LossCheck.matrix(4, 2, (i, j) -> j == 0 ? 1 : 0);
  private static final Nd NONE = LossCheck.matrix(4, 2, (i, j) -> 0);

  @Test
  void onlyHiddenTokensCount() {
    double expected = 0;
    for (int row = 0; row < 4; row++) {
      for (int k = 0; k < 3; k++) {
        double target = 0.6 * (k == row % 3 ? 1 : 0) + 0.4 * softmax(C, row, k);
        expected -= target * Math.log(softmax(A, row, k)) / 4;
      }
    }
    assertThat(check(0.4).value(A, C, FIRST)).isCloseTo(expected, within(1e-12));
    assertThat(check(0.4).byRuntime(A, C, FIRST)).isCloseTo(expected, within(1e-5));
  }

  @Test
  void nothingHiddenCostsNothing() {
    assertThat(check(0.4).value(A, C, NONE)).isZero();
  }

  @Test
  void gradientsAreSlopes() {
    check(0.4).gradientsAreSlopes(List.of(0), A, C, FIRST);
    assertThatThrownBy(() -> check(0.4).gradient(1, A, C, FIRST))
        .hasMessageContaining("nothing known of d_x1");
  }

  private static double softmax(Nd logits, int row, int k) {
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      sum += Math.exp(logits.at(row * 6 + j));
    }
    return Math.exp(logits.at(row * 6 + k)) / sum;
  }

  private static LossCheck check(double alpha) {
    return new LossCheck(
        (g, x) ->
            MaskedTokens.loss(
                g,
                tokens(g, x.get(0)),
                tokens(g, x.get(1)),
                ids(g, x.get(0)),
                x.get(2),
                g.constant(alpha)));
  }

  private static Value tokens(Ops g, Value flat) {
    return g.reshape(flat, Shape.batched(2, 3));
  }

  private static Value ids(Ops g, Value rows) {
    return g.mod(g.add(g.unsqueeze(g.rowNumbers(rows), 1), g.numbers(2)), g.integer(3));
  }
}
