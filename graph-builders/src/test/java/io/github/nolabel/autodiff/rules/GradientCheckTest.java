package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter.Step;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {

  /** Of a central difference, relative to the sum of the slope's terms. */
  private static final double FLOAT64 = 1e-7;

  /** A gradient this small would make the check pass for a missing one. */
  private static final double NOTICEABLE = 1e-3;

  static List<GradientCase> cases() {
    return GradientCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAreTheSlopesOfTheLoss(GradientCase row) {
    Trial trial = Trial.backward(row);
    Step results = trial.reference();
    assertThat(trial.differentiated()).isNotEmpty();
    for (Value x : trial.differentiated()) {
      Nd gradient = results.output("d_" + x.name());
      Nd direction = trial.direction(x.name());
      double[] terms =
          IntStream.range(0, gradient.size())
              .mapToDouble(i -> gradient.at(i) * direction.at(i))
              .toArray();
      double scale = Arrays.stream(terms).map(Math::abs).sum();
      assertThat(scale).as("a gradient for " + x).isGreaterThan(NOTICEABLE);
      assertThat(Arrays.stream(terms).sum())
          .as("slope along a random direction of " + x)
          .isCloseTo(trial.centralDifference(x.name()), within(FLOAT64 * Math.max(1, scale)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theRuntimeComputesTheSame(GradientCase row) {
    Trial trial = Trial.backward(row);
    Step expected = trial.reference();
    Step actual = trial.runtime();
    assertThat(actual.outputs().keySet()).isEqualTo(expected.outputs().keySet());
    expected
        .outputs()
        .forEach((name, value) -> requireEqual(name, value, actual.output(name), row.tolerance()));
  }

  private static void requireEqual(String name, Nd expected, Nd actual, double tolerance) {
    double size = Arrays.stream(expected.toArray()).map(Math::abs).max().orElse(0);
    assertThat(actual.shape()).as("shape of " + name).isEqualTo(expected.shape());
    assertThat(actual.toArray())
        .as(name)
        .containsExactly(expected.toArray(), within(tolerance * Math.max(1, size)));
  }
}
