package io.github.nolabel.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.StepMachine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningCenterTest {

  /** Outputs sin(0.5 i j + 1) and cos(2 i - j) for i below 4, j below 6; by AK_SSL in float64. */
  @Test
  void equalsTheGoldenNumbers() {
    float[] outputs = new float[48];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 6; j++) {
        outputs[6 * i + j] = (float) Math.sin(0.5 * i * j + 1);
        outputs[24 + 6 * i + j] = (float) Math.cos(2 * i - j);
      }
    }
    try (StepMachine machine = machine(6, 0.5)) {
      machine.step(8, Map.of("x", Tensor.of(outputs, 8, 6)));
      assertThat(machine.state("center/mean"))
          .usingComparatorWithPrecision(2e-6f)
          .containsExactly(0.266016f, 0.232563f, 0.040572f, -0.057611f, 0.012170f, 0.086502f);
    }
  }

  /** From zero, with the same mean each time: mean * (1 - momentum^steps). */
  @Test
  void approachesTheMeanAsTheClosedFormAndTheStepReadsTheOldValue() {
    Tensor rows = Tensor.of(new float[] {1, -4, 3, 0}, 2, 2);
    try (StepMachine machine = machine(2, 0.9)) {
      for (int step = 0; step < 12; step++) {
        float[] seen = Interpreter.require(machine.step(2, Map.of("x", rows)), "old").toFloats();
        assertThat(seen).usingComparatorWithPrecision(1e-6f).containsExactly(after(step));
        assertThat(machine.state("center/mean"))
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(after(step + 1));
      }
    }
  }

  private static float[] after(int steps) {
    float share = (float) (1 - Math.pow(0.9, steps));
    return new float[] {2 * share, -2 * share};
  }

  private static StepMachine machine(int width, double momentum) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value x = step.view("x", Shape.batched(width));
    RunningCenter center = RunningCenter.of(step, "center", width, momentum);
    center.observe(x);
    return new StepMachine(step, Map.of("old", center.value()));
  }
}
