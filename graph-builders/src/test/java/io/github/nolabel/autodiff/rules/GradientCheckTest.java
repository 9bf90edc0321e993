package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {

  private static final double FLOAT64 = 1e-7;

  static List<GradientCase> cases() {
    return GradientCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAreTheSlopesOfTheLoss(GradientCase row) {
    Trial trial = new Trial(row);
    Map<String, Nd> results = trial.reference();
    assertThat(trial.differentiated()).isNotEmpty();
    for (String name : trial.differentiated()) {
      assertThat(results).containsKey("d_" + name);
      Nd gradient = Interpreter.require(results, "d_" + name);
      Nd direction = trial.direction(name);
      double[] terms =
          IntStream.range(0, gradient.size())
              .mapToDouble(i -> gradient.at(i) * direction.at(i))
              .toArray();
      double scale = Arrays.stream(terms).map(Math::abs).sum();
      assertThat(scale).as("a gradient for " + name).isGreaterThan(1e-3);
      assertThat(Arrays.stream(terms).sum())
          .as("slope along a random direction of " + name)
          .isCloseTo(trial.centralDifference(name), within(FLOAT64 * Math.max(1, scale)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theRuntimeComputesTheSame(GradientCase row) {
    Trial trial = new Trial(row);
    Map<String, Nd> expected = trial.reference();
    Map<String, Nd> actual = trial.runtime();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, reference) -> {
          Nd got = Interpreter.require(actual, name);
          double size = Arrays.stream(reference.toArray()).map(Math::abs).max().orElse(0);
          assertThat(got.shape()).as("shape of " + name).isEqualTo(reference.shape());
          assertThat(got.toArray())
              .as(name)
              .containsExactly(reference.toArray(), within(row.tolerance() * Math.max(1, size)));
        });
  }
}
