package io.github.nolabel.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.graph.RandomOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomKeyTest {

  @Test
  void everyMicroStepHasItsOwnKey() {
    List<Double> keys = new ArrayList<>();
    for (long step = 0; step < 50; step++) {
      for (int micro = 0; micro < 4; micro++) {
        keys.add(key(3, step, micro));
      }
    }
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key >= 0 && key < RandomOps.PRIME);
  }

  @Test
  void theKeyFollowsFromSeedAndStepAlone() {
    assertThat(key(3, 7, 1)).isEqualTo(key(3, 7, 1)).isNotEqualTo(key(4, 7, 1));
  }

  private static double key(long seed, long step, int micro) {
    Fed fed = new Fed(step, micro, new ArrayList<>());
    new RandomKey(seed, 4).beforeStep(fed);
    return fed.values.get(0);
  }

  private record Fed(long step, int microStep, List<Double> values) implements StepScope {
    @Override
    public int images() {
      return 2;
    }

    @Override
    public void feed(String input, double value) {
      assertThat(input).isEqualTo(RandomOps.KEY);
      values.add(value);
    }

    @Override
    public double output(String name) {
      throw new AssertionError(name);
    }

    @Override
    public double slot(String name) {
      throw new AssertionError(name);
    }

    @Override
    public void slot(String name, double value) {
      throw new AssertionError(name);
    }
  }
}
