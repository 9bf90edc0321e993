package io.github.nolabel.runtime.session;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.ToyBatches;
import io.github.nolabel.runtime.ToyProgram;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSessionExecutorTest {

  private static final DeviceChoice CPU = new DeviceChoice(false, 1);
  private static final Map<String, Double> UPDATE =
      Map.of(TrainingProgram.LEARNING_RATE, 0.05, TrainingProgram.APPLY, 1.0);

  private final OrtLibrary library = OrtLibrary.load();

  @Test
  void twentyStepsFollowADoublePrecisionReference() {
    ToyReference reference = new ToyReference();
    try (TrainingSessionExecutor session = open(ToyProgram.program(8, 1));
        BatchStream stream = new ToyBatches(8, 5).from(0)) {
      for (int step = 0; step < 20; step++) {
        Batch batch = stream.next();
        double expected = reference.step(batch, 0.05);
        assertThat(session.step(batch, UPDATE).get(TrainingProgram.LOSS))
            .isCloseTo(expected, within(1e-5 * (1 + expected)));
      }
      Map<String, Tensor> state = session.state();
      assertClose(named(state, "w"), reference.weights(), 2e-5);
      assertClose(named(state, "bn/mean"), reference.runningMean(), 1e-6);
      assertClose(named(state, "bn/var"), reference.runningVariance(), 1e-6);
    }
  }

  @Test
  void truthValuesAreOneAndZero() {
    try (TrainingSessionExecutor session = open(ToyProgram.program(8, 1))) {
      Batch batch = new ToyBatches(8, 5).from(0).next();
      assertThat(session.step(batch, UPDATE)).containsEntry(TrainingProgram.FINITE, 1.0);
      named(batch.tensors(), "y").floats().put(0, Float.NaN);
      assertThat(session.step(batch, UPDATE)).containsEntry(TrainingProgram.FINITE, 0.0);
    }
  }

  @Test
  void stateThatIsNoFloatIsReadAsWell() {
    TrainingProgram toy = ToyProgram.program(8, 1);
    List<StateTensor> state = new java.util.ArrayList<>(toy.state());
    Tensor count = Tensor.of(new long[] {1L << 40, -7}, 2);
    state.add(new StateTensor("unused/int64", false, Sharing.AVERAGED, count));
    try (TrainingSessionExecutor session =
        open(new TrainingProgram(toy.training(), toy.evaluation(), state))) {
      session.step(new ToyBatches(8, 5).from(0).next(), UPDATE);
      Map<String, Tensor> copies = session.state();
      assertThat(copies.keySet())
          .containsExactlyElementsOf(state.stream().map(StateTensor::name).toList());
      assertThat(named(copies, "unused/int64").sameBits(count)).isTrue();
      assertThat(named(copies, "adam/t").toFloats()).containsExactly(1);
    }
  }

  @Test
  void copiesOfTheStateAreNotTheState() {
    try (TrainingSessionExecutor session = open(ToyProgram.program(8, 1))) {
      named(session.state(), "w").floats().put(0, 99);
      assertThat(named(session.state(), "w").floats().get(0)).isEqualTo(0.1f);
    }
  }

  @Test
  void theEvaluationModelSeesTheLiveWeightsAndChangesNothing() {
    try (TrainingSessionExecutor session = open(ToyProgram.program(8, 1));
        BatchStream stream = new ToyBatches(8, 5).from(0)) {
      Tensor pixels = Tensor.of(new float[] {1, 2, 3, 4, 0, 0, 0, 0}, 2, 4);
      for (int step = 0; step < 5; step++) {
        session.step(stream.next(), UPDATE);
      }
      Map<String, Tensor> before = session.state();
      Tensor features =
          named(
              session.evaluate(TrainingProgram.FEATURES, Map.of(TrainingProgram.IMAGES, pixels)),
              TrainingProgram.FEATURES);
      assertThat(features.shape().at(0)).containsExactly(2, 1);
      assertClose(features, expectedFeatures(before, pixels), 1e-5);
      session
          .state()
          .forEach((name, tensor) -> assertThat(tensor.sameBits(named(before, name))).isTrue());
    }
  }

  @Test
  void wrongShapesAndMissingFeedsAreNamed() {
    try (TrainingSessionExecutor session = open(ToyProgram.program(8, 1))) {
      Map<String, Tensor> wrong =
          new LinkedHashMap<>(new ToyBatches(8, 5).from(0).next().tensors());
      wrong.put("x", Tensor.zeros(ElementType.FLOAT, 8, 3));
      assertThatThrownBy(() -> session.step(new Batch(8, wrong), UPDATE))
          .hasMessage("'x' expects FLOAT[8, 4] for a batch of 8, got FLOAT[8, 3]");
      wrong.remove("x");
      assertThatThrownBy(() -> session.step(new Batch(8, wrong), UPDATE))
          .hasMessage("nothing feeds the training input 'x: float[N, 4]'; the batch has [y]");
      assertThatThrownBy(
              () ->
                  session.evaluate(
                      TrainingProgram.FEATURES, Map.of(TrainingProgram.IMAGES, Tensor.scalar(1))))
          .hasMessage("The model expects 'images: float[N, 4]' for 1 samples, got FLOAT[].");
    }
  }

  @Test
  void aStateOfAnotherShapeIsReportedInTheRuntimesOwnWords() {
    TrainingProgram toy = ToyProgram.program(8, 1);
    Map<String, Tensor> state = initial(toy);
    state.put("w", Tensor.zeros(ElementType.FLOAT, 5, 1));
    try (TrainingSessionExecutor session =
        new TrainingSessionExecutor(library, toy, StateFile.write(state), CPU, KernelChoice.NONE)) {
      assertThatThrownBy(() -> session.step(new ToyBatches(8, 5).from(0).next(), UPDATE))
          .isInstanceOf(OnnxRuntimeException.class)
          .hasMessageContaining("run the training step")
          .hasMessageContaining("w")
          .hasMessageContaining("5")
          .hasMessageContaining("4");
    }
  }

  @Test
  void aFailingNodeIsNamedWithItsShapes() {
    TrainingProgram toy = ToyProgram.program(8, 1);
    try (TrainingSessionExecutor session = open(toy)) {
      Map<String, Tensor> tensors =
          new LinkedHashMap<>(new ToyBatches(8, 5).from(0).next().tensors());
      tensors.put("y", Tensor.zeros(ElementType.FLOAT, 8, 1));
      tensors.put("x", Tensor.zeros(ElementType.FLOAT, 8, 4));
      assertThat(session.step(new Batch(8, tensors), UPDATE)).containsKey(TrainingProgram.LOSS);
    }
    OnnxModel broken = BrokenModels.matMulOfUnequalWidths(toy);
    try (TrainingSessionExecutor session =
        open(new TrainingProgram(broken, toy.evaluation(), toy.state()))) {
      assertThatThrownBy(() -> session.step(new ToyBatches(8, 5).from(0).next(), UPDATE))
          .isInstanceOf(OnnxRuntimeException.class)
          .hasMessageContaining("MatMul")
          .hasMessageContaining("node:bad");
    }
  }

  @Test
  void aModelThatIsNoneIsRefused() {
    TrainingProgram toy = ToyProgram.program(8, 1);
    OnnxModel garbage =
        new OnnxModel(new byte[] {1, 2, 3}, toy.training().inputs(), toy.training().outputs());
    assertThatThrownBy(() -> open(new TrainingProgram(garbage, toy.evaluation(), toy.state())))
        .isInstanceOf(OnnxRuntimeException.class)
        .hasMessageContaining("open the training program");
  }

  private TrainingSessionExecutor open(TrainingProgram program) {
    return new TrainingSessionExecutor(
        library, program, StateFile.write(initial(program)), CPU, KernelChoice.NONE);
  }

  private static Map<String, Tensor> initial(TrainingProgram program) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    program.state().forEach(tensor -> state.put(tensor.name(), tensor.initial()));
    return state;
  }

  private static double[] expectedFeatures(Map<String, Tensor> state, Tensor pixels) {
    float[] w = named(state, "w").toFloats();
    float[] mean = named(state, "bn/mean").toFloats();
    float[] variance = named(state, "bn/var").toFloats();
    double[] features = new double[2];
    for (int i = 0; i < 8; i++) {
      double x = (pixels.floats().get(i) - mean[i % 4]) / Math.sqrt(variance[i % 4] + 1e-5);
      features[i / 4] += x * w[i % 4];
    }
    return features;
  }

  private static void assertClose(Tensor actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.floats().get(i)).isCloseTo(expected[i], within(tolerance));
    }
  }
}
