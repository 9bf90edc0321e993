package io.github.nolabel.api.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CheckpointConfigTest {

  @Test
  void stepsAndEpochsAreDueIndependently() {
    assertThat(due(new CheckpointConfig(6, 0, 1))).containsExactly(6L, 12L, 18L);
    assertThat(due(new CheckpointConfig(0, 2, 1))).containsExactly(10L, 20L);
    assertThat(due(new CheckpointConfig(6, 2, 1))).containsExactly(6L, 10L, 12L, 18L, 20L);
    assertThat(due(new CheckpointConfig(0, 0, 1))).isEmpty();
  }

  @Test
  void atLeastOneIsKept() {
    assertThatThrownBy(() -> new CheckpointConfig(0, 1, 0))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("keep");
    assertThatThrownBy(() -> new CheckpointConfig(-1, 1, 1)).hasMessageContaining("everySteps");
  }

  /** The due ones of 20 steps, 5 per epoch. */
  private static List<Long> due(CheckpointConfig config) {
    return LongStream.rangeClosed(1, 20).filter(step -> config.isDue(step, 5)).boxed().toList();
  }
}
