package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardCheckTest {

  static List<GradientCase> cases() {
    return ForwardCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theRuntimeComputesTheSame(GradientCase row) {
    Trial trial = Trial.forward(row);
    Nd expected = trial.reference().output("y");
    Nd actual = trial.runtime().output("y");
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(row.tolerance()));
  }
}
