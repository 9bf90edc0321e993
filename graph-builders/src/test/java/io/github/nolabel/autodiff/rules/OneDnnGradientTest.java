package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.KernelPolicy;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the gradient table that hold convolutions, with oneDNN's kernels. */
class OneDnnGradientTest {

  static List<GradientTrial> trials() {
    return GradientTrial.all().stream().filter(trial -> !choice(trial).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void theResultsAreThoseOfFloat64(GradientTrial trial) {
    assertResults(trial, choice(trial).with(Maps.NEVER));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void theyAreWithFeatureMapsInTheKernelsLayout(GradientTrial trial) {
    assertResults(trial, choice(trial).with(Maps.ALWAYS));
  }

  private static void assertResults(GradientTrial trial, KernelChoice kernels) {
    Map<String, Tensor> feeds = new LinkedHashMap<>(trial.feeds());
    feeds.put(TrainingProgram.RESET, Tensor.zeros(ElementType.BOOL, 1));
    Map<String, Tensor> results = new LinkedHashMap<>();
    trial.expected().forEach((name, value) -> results.put(name, empty(value)));
    try (ModelRunner runner =
        new ModelRunner(
            OrtLibrary.load(), trial.model().bytes(), new DeviceChoice(false, 2), kernels)) {
      runner.run(feeds, results);
    }
    results.forEach(
        (name, tensor) -> {
          double[] expected = Interpreter.require(trial.expected(), name).toArray();
          double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
          assertThat(Nd.of(tensor).toArray())
              .as(name)
              .containsExactly(expected, within(trial.tolerance() * Math.max(1, size)));
        });
  }

  private static KernelChoice choice(GradientTrial trial) {
    return KernelPolicy.covering(List.of(trial.model()));
  }

  private static Tensor empty(Nd like) {
    return Tensor.zeros(like.type(), Arrays.stream(like.shape()).asLongStream().toArray());
  }
}
