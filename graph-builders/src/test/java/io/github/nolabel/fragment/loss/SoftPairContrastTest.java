package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static io.github.nolabel.fragment.loss.LossCheck.E;
import static io.github.nolabel.fragment.loss.LossCheck.G;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.loss.SoftPairContrast.Pairs;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers by {@code golden/albef_golden.py} in float64. */
class SoftPairContrastTest {

  private static final Nd IMAGE_QUEUE = LossCheck.matrix(5, 6, (n, d) -> Math.sin(2 * d + n));
  private static final Nd TEXT_QUEUE = LossCheck.matrix(5, 6, (n, d) -> Math.sin(2 * d + n + 5));

  @ParameterizedTest
  @CsvSource({
    "0.07, 0.0, 7.92897785144425, 13.7966805219899",
    "0.07, 0.4, 7.63598327455354, 13.4857790850798",
    "0.07, 1.0, 7.19649140921747, 13.0194269297146",
    "0.5, 0.0, 1.88091816608185, 2.86826680719228",
    "0.5, 0.4, 1.83235588047611, 2.78187196513017",
    "0.5, 1.0, 1.75951245206748, 2.652279702037"
  })
  void equalsTheGoldenNumbers(double temperature, double alpha, double plain, double queued) {
    check(temperature, alpha).isGolden(plain, A, C, E, G);
    check(temperature, alpha).isGolden(queued, A, C, E, G, IMAGE_QUEUE, TEXT_QUEUE);
  }

  @Test
  void withoutOpinionItIsThePlainContrast() {
    LossCheck plain =
        new LossCheck(
            (g, x) -> {
              Pairs pairs = pairs(g, x, 0);
              Value cosines = g.matMul(pairs.images(), g.transposeMatrix(pairs.texts()));
              return PairContrast.softmax(g, g.mul(cosines, 5));
            });
    assertThat(check(0.2, 0).value(A, C, A, C)).isCloseTo(plain.value(A, C), within(1e-12));
  }

  @Test
  void momentumFeaturesCarryNoGradient() {
    for (int momentum = 2; momentum < 6; momentum++) {
      int index = momentum;
      assertThatThrownBy(() -> check(0.3, 0.4).gradient(index, A, C, E, G, IMAGE_QUEUE, TEXT_QUEUE))
          .hasMessageContaining("nothing known of d_x" + index);
    }
  }

  @Test
  void gradientsAreSlopes() {
    check(0.3, 0.4).gradientsAreSlopes(List.of(0, 1), A, C, E, G);
    check(0.3, 0.4).gradientsAreSlopes(List.of(0, 1), A, C, E, G, IMAGE_QUEUE, TEXT_QUEUE);
  }

  private static LossCheck check(double temperature, double alpha) {
    return new LossCheck(
        (g, x) -> {
          Pairs momentum = pairs(g, x, 2);
          Pairs queue = x.size() > 4 ? pairs(g, x, 4) : momentum;
          return new SoftPairContrast(g.constant(1 / temperature), g.constant(alpha))
              .loss(
                  g,
                  pairs(g, x, 0),
                  momentum,
                  x.size() > 4 ? momentum.followedBy(g, queue.images(), queue.texts()) : momentum);
        });
  }

  private static Pairs pairs(Ops g, List<Value> x, int first) {
    return new Pairs(Vectors.unit(g, x.get(first)), Vectors.unit(g, x.get(first + 1)));
  }
}
