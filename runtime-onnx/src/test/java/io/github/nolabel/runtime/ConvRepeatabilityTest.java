package io.github.nolabel.runtime;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.KernelPolicy;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions and their gradient on two threads, with ONNX Runtime's kernels and oneDNN's. */
class ConvRepeatabilityTest {

  private static final int BATCH = 16;
  private static final double RATE = 0.05;

  private final TrainingProgram program = ConvProgram.program(BATCH);

  static List<KernelChoice> kernels() {
    TrainingProgram program = ConvProgram.program(BATCH);
    KernelChoice ours = KernelPolicy.covering(List.of(program.training(), program.evaluation()));
    return List.of(KernelChoice.NONE, ours.with(Maps.NEVER), ours.with(Maps.ALWAYS));
  }

  /** With bf16, too, where the processor has it. */
  static List<KernelChoice> everyPrecision() {
    Stream<KernelChoice> bf16 =
        kernels().stream()
            .filter(kernels -> !kernels.isEmpty())
            .map(ours -> ours.in(Arithmetic.BF16));
    return Stream.concat(
            kernels().stream(), Arithmetic.obstacle().isEmpty() ? bf16 : Stream.empty())
        .toList();
  }

  @Test
  void theProgramIsCovered() {
    assertThat(kernels().get(1).name()).isEqualTo("onednn");
    assertThat(kernels().get(2).name()).isEqualTo("onednn-tiles");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theEvaluationModelRunsBesideIt(KernelChoice kernels) {
    try (TrainingSessionExecutor session = open(kernels, initial())) {
      Tensor images = ConvProgram.random(3, 5, 3, ConvProgram.SIZE, ConvProgram.SIZE);
      Map<String, Tensor> results =
          session.evaluate(
              program.evaluations().keySet().iterator().next(),
              Map.of(TrainingProgram.IMAGES, images));
      Tensor features = named(results, TrainingProgram.FEATURES);
      assertThat(features.shape()).isEqualTo(Shape.of(5, 1));
      assertThat(features.floats().get(0)).isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("everyPrecision")
  void twoSessionsAgreeOnEveryBit(KernelChoice kernels) {
    assertSame(run(kernels, initial(), 0, 12), run(kernels, initial(), 0, 12));
  }

  @ParameterizedTest
  @MethodSource("everyPrecision")
  void stateThatWentThroughAFileGoesOnBitForBit(KernelChoice kernels) {
    Map<String, Tensor> half = StateFile.read(StateFile.write(run(kernels, initial(), 0, 5)));
    assertSame(run(kernels, half, 5, 7), run(kernels, initial(), 0, 12));
  }

  /** Batch normalisation moves the state's own tensors, whoever computes it. */
  @ParameterizedTest
  @MethodSource("kernels")
  void theStatisticsMoveAsTheyDoInTheRuntime(KernelChoice kernels) {
    Map<String, Tensor> expected = run(KernelChoice.NONE, initial(), 0, 3);
    Map<String, Tensor> actual = run(kernels, initial(), 0, 3);
    for (String name : List.of("mean", "variance")) {
      for (int i = 0; i < named(expected, name).elements(); i++) {
        float value = named(expected, name).floats().get(i);
        assertThat(value).isNotZero();
        assertThat(named(actual, name).floats().get(i)).as(name).isCloseTo(value, within(1e-5f));
      }
    }
  }

  /** The first step's gradient against a central difference of the loss in the direction of it. */
  @ParameterizedTest
  @MethodSource("kernels")
  void theGradientIsTheDerivativeOfTheLoss(KernelChoice kernels) {
    Tensor before = named(initial(), "conv");
    Tensor gradient = named(run(kernels, initial(), 0, 1), "conv/m");
    double slope = 0;
    for (int i = 0; i < gradient.elements(); i++) {
      slope += Math.pow(gradient.floats().get(i), 2);
    }
    double h = 4e-3 / Math.sqrt(slope);
    double rise =
        loss(kernels, moved(before, gradient, h)) - loss(kernels, moved(before, gradient, -h));
    assertThat(rise / (2 * h)).isCloseTo(slope, within(2e-3 * slope));
  }

  private double loss(KernelChoice kernels, Tensor conv) {
    Map<String, Tensor> state = initial();
    state.put("conv", conv);
    try (TrainingSessionExecutor session = open(kernels, state)) {
      return session
          .step(batch(0), Map.of(TrainingProgram.LEARNING_RATE, 0.0))
          .getOrDefault(TrainingProgram.LOSS, Double.NaN);
    }
  }

  private Map<String, Tensor> run(
      KernelChoice kernels, Map<String, Tensor> from, int first, int count) {
    try (TrainingSessionExecutor session = open(kernels, from)) {
      for (int step = first; step < first + count; step++) {
        session.step(batch(step), Map.of(TrainingProgram.LEARNING_RATE, RATE));
      }
      return session.state();
    }
  }

  private TrainingSessionExecutor open(KernelChoice kernels, Map<String, Tensor> state) {
    return new TrainingSessionExecutor(
        OrtLibrary.load(), program, StateFile.write(state), new DeviceChoice(false, 2), kernels);
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
