package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Slopes.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.graph.Window;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Kinks, ties and the edges of the number range: here a convention decides, not calculus. */
class SpecialPointsTest {

  @Test
  void reluIsFlatAtZero() {
    assertThat(Slopes.of((g, x) -> g.relu(x.get(0)), points(-1, 0, 2)).slope())
        .containsExactly(0, 0, 1);
  }

  @Test
  void absIsFlatAtZero() {
    assertThat(Slopes.of((g, x) -> g.abs(x.get(0)), points(-3, 0, 2)).slope())
        .containsExactly(-1, 0, 1);
  }

  @Test
  void theBoundsOfClipBelongToItsInside() {
    assertThat(Slopes.of((g, x) -> g.clip(x.get(0), -1, 1), points(-1.5, -1, 0, 1, 1.5)).slope())
        .containsExactly(0, 1, 1, 1, 0);
  }

  @Test
  void equalOperandsShareTheGradientOfMax() {
    Slopes max = Slopes.of((g, x) -> g.max(x.get(0), x.get(1)), points(1, 2, 3), points(1, 3, 2));
    assertThat(max.slope()).containsExactly(0.5, 0, 1);
    assertThat(max.slopeOfSecond()).containsExactly(0.5, 1, 0);
  }

  @Test
  void equalOperandsShareTheGradientOfMin() {
    Slopes min = Slopes.of((g, x) -> g.min(x.get(0), x.get(1)), points(1, 2, 3), points(1, 3, 2));
    assertThat(min.slope()).containsExactly(0.5, 1, 0);
    assertThat(min.slopeOfSecond()).containsExactly(0.5, 0, 1);
  }

  @Test
  void equalExtremesShareTheGradientOfAReduction() {
    assertThat(Slopes.of((g, x) -> g.reduceMax(x.get(0), false), points(2, 1, 2, 0, 2)).slope())
        .containsExactly(new double[] {1 / 3.0, 0, 1 / 3.0, 0, 1 / 3.0}, within(1e-12));
    assertThat(Slopes.of((g, x) -> g.reduceMin(x.get(0), false), points(2, 1, 1, 3)).slope())
        .containsExactly(0, 0.5, 0.5, 0);
  }

  @Test
  void theFirstOfEqualPixelsWinsAMaxPool() {
    Nd image = Nd.of(new int[] {1, 1, 2, 2}, 5, 5, 5, 5);
    assertThat(Slopes.of((g, x) -> g.maxPool(x.get(0), Window.of(2)).get(0), image).slope())
        .containsExactly(1, 0, 0, 0);
  }

  @Test
  void overlappingWindowsAddTheirGradients() {
    Nd image = Nd.of(new int[] {1, 1, 1, 3}, 1, 9, 2);
    Window window = new Window(1, 1, 0, 1, 1);
    assertThat(Slopes.of((g, x) -> g.maxPool(x.get(0), window).get(0), image).slope())
        .containsExactly(1, 1, 1);
    Nd square = Nd.of(new int[] {1, 1, 3, 3}, 1, 2, 3, 4, 99, 5, 6, 7, 8);
    assertThat(Slopes.of((g, x) -> g.maxPool(x.get(0), Window.of(2)).get(0), square).slope())
        .containsExactly(0, 0, 0, 0, 4, 0, 0, 0, 0);
  }

  @Test
  void logSumExpDoesNotOverflow() {
    Slopes large = Slopes.of((g, x) -> g.reduceLogSumExp(x.get(0), false), points(1e4, 1e4, -1e4));
    assertThat(large.value()[0]).isCloseTo(1e4 + Math.log(2), within(1e-9));
    assertThat(large.slope()).containsExactly(0.5, 0.5, 0);
    Slopes small = Slopes.of((g, x) -> g.reduceLogSumExp(x.get(0), false), points(-1e4, -1e4));
    assertThat(small.value()[0]).isCloseTo(-1e4 + Math.log(2), within(1e-9));
    assertThat(small.slope()).containsExactly(0.5, 0.5);
  }

  @Test
  void softmaxOfEqualValuesIsUniformAndBalanced() {
    Slopes slopes =
        Slopes.of((g, x) -> g.slice(g.softmax(x.get(0), 0), 0, 0, 1), points(7e3, 7e3, 7e3, 7e3));
    assertThat(slopes.value()).containsExactly(new double[] {0.25}, within(1e-12));
    assertThat(slopes.slope())
        .containsExactly(new double[] {0.1875, -0.0625, -0.0625, -0.0625}, within(1e-12));
    assertThat(Arrays.stream(slopes.slope()).sum()).isCloseTo(0, within(1e-12));
  }

  @Test
  void softplusIsLinearFarToTheRightAndFlatFarToTheLeft() {
    Slopes slopes = Slopes.of((g, x) -> g.softplus(x.get(0)), points(-200, 0, 200));
    assertThat(slopes.value()).containsExactly(new double[] {0, Math.log(2), 200}, within(1e-12));
    assertThat(slopes.slope()).containsExactly(new double[] {0, 0.5, 1}, within(1e-12));
  }

  @Test
  void sigmoidSaturatesWithoutNaN() {
    Slopes slopes = Slopes.of((g, x) -> g.sigmoid(x.get(0)), points(-500, 0, 500));
    assertThat(slopes.value()).containsExactly(new double[] {0, 0.5, 1}, within(1e-12));
    assertThat(slopes.slope()).containsExactly(new double[] {0, 0.25, 0}, within(1e-12));
  }

  @Test
  void sqrtNearZeroIsSteepButFinite() {
    Slopes slopes = Slopes.of((g, x) -> g.sqrt(x.get(0)), points(1e-12, 1e-6, 1));
    assertThat(slopes.slope()[0]).isCloseTo(5e5, within(1.0));
    assertThat(slopes.slope()[1]).isCloseTo(500, within(1e-3));
    assertThat(slopes.slope()[2]).isEqualTo(0.5);
  }

  @Test
  void theSquareHasSlopeZeroAtZero() {
    assertThat(Slopes.of((g, x) -> g.pow(x.get(0), 2), points(-1, 0, 3)).slope())
        .containsExactly(-2, 0, 6);
  }

  @Test
  void aChosenBranchHidesWhatIsWrongWithTheOther() {
    Slopes slopes =
        Slopes.of(
            (g, x) -> {
              var safe = g.where(g.greater(x.get(0), g.constant(0)), x.get(0), g.constant(1));
              return g.where(g.greater(x.get(0), g.constant(0)), g.log(safe), g.constant(0));
            },
            points(-1, 0, 2));
    assertThat(slopes.value()).containsExactly(0, 0, Math.log(2));
    assertThat(slopes.slope()).containsExactly(0, 0, 0.5);
  }

  @Test
  void detachedPathsCarryNothing() {
    Slopes slopes = Slopes.of((g, x) -> g.mul(x.get(0), g.detach(x.get(0))), points(2, 3));
    assertThat(slopes.value()).containsExactly(4, 9);
    assertThat(slopes.slope()).containsExactly(2, 3);
  }
}
