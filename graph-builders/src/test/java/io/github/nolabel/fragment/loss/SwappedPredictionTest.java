package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static io.github.nolabel.fragment.loss.LossCheck.E;
import static io.github.nolabel.fragment.loss.LossCheck.G;
import static io.github.nolabel.fragment.loss.LossCheck.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwappedPredictionTest {

  /** DINO: student A and C, teacher E and G, centre 0, student's temperature 0.1; by AK_SSL. */
  @ParameterizedTest
  @CsvSource({"0.5, 10.834311251750384", "0.04, 13.403871489584505"})
  void twoViewsEqualTheGoldenNumbersOfDino(double teacher, double expected) {
    loss(0.1, teacher).isGolden(expected, E, G, A, C);
  }

  /** The same with one small crop; by AK_SSL and PyTorch. */
  @ParameterizedTest
  @CsvSource({"0.5, 10.744643279247223", "0.04, 12.003426391916733"})
  void aSmallCropPredictsBothTeachers(double teacher, double expected) {
    loss(0.1, teacher).isGolden(expected, E, G, A, C, LOCAL);
  }

  /** SwAV: scores A and C, assignments softmax(E) and softmax(G); AK_SSL's with the sign right. */
  @Test
  void equalsTheGoldenNumbersOfSwav() {
    loss(0.1, 1).isGolden(10.308142122643012, E, G, A, C);
    loss(0.1, 1).isGolden(10.313957276539956, E, G, A, C, LOCAL);
  }

  /** Uninformed predictions cost log K, whatever the targets. */
  @Test
  void equalScoresCostTheLogOfThePrototypes() {
    Nd flat = A.map(x -> 2);
    assertThat(loss(0.1, 0.04).value(E, G, flat, flat)).isCloseTo(Math.log(6), within(1e-9));
  }

  /** Predictions that equal their targets cost the targets' entropy, and none cost less. */
  @Test
  void isAtLeastTheEntropyOfTheTargets() {
    double entropy = entropy(E, 0.5);
    assertThat(loss(0.5, 0.5).value(E, E, E, E)).isCloseTo(entropy, within(1e-9));
    assertThat(loss(0.5, 0.5).value(E, E, A, C)).isGreaterThan(entropy);
    assertThat(loss(0.5, 0.5).value(E, E, G, LOCAL)).isGreaterThan(entropy);
  }

  @Test
  void noViewPredictsItself() {
    LossCheck loss = loss(0.1, 0.5);
    double[] toC = loss.gradient(3, E, G, A, C).toArray();
    Nd otherTarget = G.map(x -> -x);
    assertThat(loss.gradient(3, E, otherTarget, A, C).toArray()).containsExactly(toC);
    assertThat(loss.gradient(3, otherTarget, G, A, C).toArray()).isNotEqualTo(toC);
  }

  @Test
  void gradientsAreSlopes() {
    loss(0.3, 0.5).gradientsAreSlopes(List.of(0, 1, 2, 3, 4), E, G, A, C, LOCAL);
  }

  private static double entropy(Nd scores, double temperature) {
    Nd entropy =
        new LossCheck(
                (g, x) -> {
                  var logits = g.mul(x.get(0), 1 / temperature);
                  return g.mul(g.softmax(logits, -1), g.logSoftmax(logits, -1));
                })
            .tensor(scores);
    double sum = 0;
    for (double part : entropy.toArray()) {
      sum -= part;
    }
    return sum / scores.extent(0);
  }

  /** Two targets' scores, which a softmax sharpens, then the student's. */
  private static LossCheck loss(double student, double teacher) {
    return new LossCheck(
        (g, x) ->
            new SwappedPrediction(student)
                .apply(
                    g,
                    x.subList(0, 2).stream()
                        .map(t -> g.softmax(g.mul(t, 1 / teacher), -1))
                        .toList(),
                    x.subList(2, x.size())));
  }
}
