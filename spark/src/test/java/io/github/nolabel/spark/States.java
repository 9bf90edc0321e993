package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What runs have saved at their end, compared. */
final class States {

  private States() {}

  static Map<String, Tensor> of(Path run) {
    try (TrainingRuntime runtime = TrainingRuntime.find()) {
      return runtime.saved(run).state();
    }
  }

  static void requireSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> assertThat(named(actual, name).sameBits(tensor)).as(name).isTrue());
  }

  static void requireClose(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    expected.forEach((name, tensor) -> requireClose(name, named(actual, name), tensor));
  }

  private static void requireClose(String name, Tensor actual, Tensor expected) {
    float[] mine = actual.toFloats();
    float[] theirs = expected.toFloats();
    for (int i = 0; i < mine.length; i++) {
      assertThat(mine[i]).as("%s[%d]", name, i).isCloseTo(theirs[i], within(1e-5f));
    }
  }

  private static Tensor named(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name);
  }
}
