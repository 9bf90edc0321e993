package io.github.nolabel.runtime;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Convolutions and their gradient on two threads. */
class ConvRepeatabilityTest {

  private static final int BATCH = 16;
  private static final double RATE = 0.05;

  private final TrainingProgram program = ConvProgram.program(BATCH);

  @Test
  void twoSessionsAgreeOnEveryBit() {
    assertSame(run(initial(), 0, 12), run(initial(), 0, 12));
  }

  @Test
  void stateThatWentThroughAFileGoesOnBitForBit() {
    Map<String, Tensor> half = StateFile.read(StateFile.write(run(initial(), 0, 5)));
    assertSame(run(half, 5, 7), run(initial(), 0, 12));
  }

  /** The first step's gradient against a central difference of the loss in the direction of it. */
  @Test
  void theGradientIsTheDerivativeOfTheLoss() {
    Tensor before = named(initial(), "conv");
    Tensor gradient = named(run(initial(), 0, 1), "conv/m");
    double slope = 0;
    for (int i = 0; i < gradient.elements(); i++) {
      slope += Math.pow(gradient.floats().get(i), 2);
    }
    double h = 1e-2 / Math.sqrt(slope);
    double rise = loss(moved(before, gradient, h)) - loss(moved(before, gradient, -h));
    assertThat(rise / (2 * h)).isCloseTo(slope, within(2e-3 * slope));
  }

  private double loss(Tensor conv) {
    Map<String, Tensor> state = initial();
    state.put("conv", conv);
    try (TrainingSessionExecutor session = open(state)) {
      return session
          .step(batch(0), Map.of(TrainingProgram.LEARNING_RATE, 0.0))
          .getOrDefault(TrainingProgram.LOSS, Double.NaN);
    }
  }

  private Map<String, Tensor> run(Map<String, Tensor> from, int first, int count) {
    try (TrainingSessionExecutor session = open(from)) {
      for (int step = first; step < first + count; step++) {
        session.step(batch(step), Map.of(TrainingProgram.LEARNING_RATE, RATE));
      }
      return session.state();
    }
  }

  private TrainingSessionExecutor open(Map<String, Tensor> state) {
    return new TrainingSessionExecutor(
        OrtLibrary.load(), program, StateFile.write(state), new DeviceChoice(false, 2));
  }

  private Map<String, Tensor> initial() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    program.state().forEach(tensor -> state.put(tensor.name(), tensor.initial()));
    return state;
  }

  private static Batch batch(int index) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", ConvProgram.random(100 + index, BATCH, 3, ConvProgram.SIZE, ConvProgram.SIZE));
    tensors.put("y", ConvProgram.random(200 + index, BATCH, 1));
    return new Batch(BATCH, tensors);
  }

  private static Tensor moved(Tensor from, Tensor direction, double by) {
    Tensor result = from.copy();
    for (int i = 0; i < result.elements(); i++) {
      double value = from.floats().get(i) + by * direction.floats().get(i);
      result.floats().put(i, (float) value);
    }
    return result;
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> assertThat(named(actual, name).sameBits(tensor)).as(name).isTrue());
  }
}
