package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.layer.Dropout;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.NativeSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's own training API goes on with what is exported, by its own optimizers. */
class TrainingArtifactsTest {

  private static final double KEEP = LineObjective.KEEP;
  private static final double RATE = 0.05;

  @TempDir Path folder;

  static List<OptimizerConfig> optimizers() {
    return List.of(
        config(Algorithm.ADAMW, 0.3, 0, 0),
        config(Algorithm.ADAMW, 0, 0, 0.2),
        config(Algorithm.ADAM, 0, 0, 0),
        config(Algorithm.SGD, 0, 0, 0),
        config(Algorithm.SGD, 0, 0, 0.2));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsEqualTheReference(OptimizerConfig config) throws IOException {
    LineReference reference = new LineReference(config);
    try (NativeSession session = open(config)) {
      for (int step = 0; step < 6; step++) {
        Tensor images = noise(step, 5, 3, 2, 2);
        Tensor targets = noise(-1 - step, 5, LineObjective.WIDTH);
        session.resetGradients();
        reference.resetGradients();
        assertThat(session.trainStep(images, targets, Tensor.scalar(KEEP)))
            .isCloseTo(reference.trainStep(images, targets, KEEP), within(1e-5));
        session.optimizerStep(RATE);
        reference.optimizerStep(RATE);
      }
      Map<String, Tensor> state = saved(session);
      assertThat(weights(state))
          .usingComparatorWithPrecision(2e-6)
          .containsExactly(reference.weights());
      assertThat(doubles(state, "seen/mean"))
          .usingComparatorWithPrecision(2e-6)
          .containsExactly(reference.seen);
    }
  }

  @Test
  void gradientsAddUpUntilTheyAreReset() throws IOException {
    OptimizerConfig config = config(Algorithm.SGD, 0, 0, 0);
    LineReference reference = new LineReference(config);
    try (NativeSession session = open(config)) {
      for (int micro = 0; micro < 3; micro++) {
        Tensor images = noise(micro, 4, 3, 2, 2);
        Tensor targets = noise(-1 - micro, 4, LineObjective.WIDTH);
        session.trainStep(images, targets, Tensor.scalar(KEEP));
        reference.trainStep(images, targets, KEEP);
      }
      session.optimizerStep(RATE);
      reference.optimizerStep(RATE);
      assertThat(weights(saved(session)))
          .usingComparatorWithPrecision(2e-6)
          .containsExactly(reference.weights());
    }
  }

  /** It moves within the training step, before the optimizer does. */
  @Test
  void aTeacherFollowsTheWeightsThatTheStepSaw() throws IOException {
    LineObjective taught =
        new LineObjective(
            step ->
                LineObjective.attach(
                    MeanTeacher.of(step, "teacher", "student", Schedule.constant(0.9))));
    Map<String, Tensor> state = state();
    state.put("teacher/weight", LineObjective.firstWeights());
    state.put("teacher/bias", Tensor.of(new float[] {0.5f, 0.5f}, 2));
    OptimizerConfig config = config(Algorithm.SGD, 0, 0, 0);
    TrainingRuntime.find()
        .write(new ArtifactCompiler(taught).export(state, "backbone", config), folder);
    LineReference reference = new LineReference(config);
    double[] teacher = reference.weights();
    try (NativeSession session = new NativeSession(folder)) {
      assertThat(session.inputNames()).startsWith("teacher_momentum");
      for (int step = 0; step < 4; step++) {
        Tensor images = noise(step, 5, 3, 2, 2);
        Tensor targets = noise(-1 - step, 5, LineObjective.WIDTH);
        session.resetGradients();
        reference.resetGradients();
        session.trainStep(Tensor.scalar(0.9), images, targets, Tensor.scalar(KEEP));
        reference.trainStep(images, targets, KEEP);
        double[] seen = reference.weights();
        Arrays.setAll(teacher, i -> 0.9 * teacher[i] + 0.1 * seen[i]);
        session.optimizerStep(RATE);
        reference.optimizerStep(RATE);
      }
      Map<String, Tensor> saved = saved(session);
      assertThat(doubles(saved, "teacher/weight"))
          .usingComparatorWithPrecision(2e-6)
          .containsExactly(Arrays.copyOf(teacher, teacher.length - LineObjective.WIDTH));
    }
  }

  @Test
  void callersFeedTheViewsAndTheSchedules() {
    TrainingArtifacts artifacts = export(OptimizerConfig.DEFAULTS);
    TrainingRuntime.find().write(artifacts, folder);
    try (NativeSession session = new NativeSession(folder)) {
      assertThat(session.inputNames()).containsExactly("view_1", "targets", "keep");
    }
    assertThat(artifacts.schedules()).hasSize(1);
    assertThat(artifacts.state())
        .extracting(tensor -> tensor.name() + " " + tensor.trained())
        .containsExactly("student/weight true", "student/bias true", "seen/mean false");
  }

  @Test
  void evaluationAndInferenceModelMapImagesToFeatures() {
    Tensor images = noise(1, 5, 3, 2, 2);
    try (NativeSession session = open(OptimizerConfig.DEFAULTS)) {
      session.trainStep(images, noise(2, 5, LineObjective.WIDTH), Tensor.scalar(KEEP));
      session.optimizerStep(RATE);
      Tensor features = Tensor.zeros(ElementType.FLOAT, 5, LineObjective.WIDTH);
      session.evalStep(images, features);
      Path exported = folder.resolve("inference.onnx");
      session.exportForInference(exported, "features");
      var model = TrainingRuntime.find().read(exported);
      assertThat(model.inputs()).extracting(spec -> spec.name()).containsExactly("images");
      try (var embedder =
          TrainingRuntime.find()
              .embedder(model, io.github.nolabel.api.train.DeviceSettings.DEFAULTS)) {
        assertThat(embedder.embed(images).sameBits(features)).isTrue();
      }
      assertThat(features.toFloats()).doesNotContain(0f);
    }
  }

  @Test
  void whatTheRuntimeLacksIsRefused() {
    assertThatThrownBy(() -> export(config(Algorithm.SGD, 0.1, 0.9, 0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no SGD with momentum and no weight decay as part of the gradient")
        .hasMessageContaining("optimizer.algorithm adamw");
    assertThatThrownBy(() -> export(config(Algorithm.ADAM, 0.1, 0, 0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("weight decay");
    assertThatThrownBy(() -> export(config(Algorithm.LARS, 0, 0, 0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no LARS");
  }

  @Test
  void decisionsInJavaAreRefused() {
    ArtifactCompiler compiler =
        new ArtifactCompiler(new LineObjective(step -> step.control("mind", new Deciding())));
    assertThatThrownBy(() -> compiler.export(state(), "backbone", OptimizerConfig.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Deciding");
  }

  @Test
  void randomLayersAskTheCallerForAKey() {
    LineObjective random =
        new LineObjective(
            step -> {
              Value view = step.view("view_1", Shape.batched(3, 2, 2));
              step.monitor("noise", new Dropout(0.5).attach(step.scope("net")).apply(view));
            });
    TrainingArtifacts artifacts =
        new ArtifactCompiler(random).export(state(), "backbone", OptimizerConfig.DEFAULTS);
    assertThat(artifacts.schedules())
        .extracting(ScheduledInput::input)
        .containsExactly("keep", RandomOps.KEY);
  }

  @Test
  void ratesByScopeAreRefused() {
    ArtifactCompiler compiler =
        new ArtifactCompiler(new LineObjective(step -> step.freeze("student", 10)));
    assertThatThrownBy(() -> compiler.export(state(), "backbone", OptimizerConfig.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("student has a learning rate of its own");
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    Map<String, Tensor> state = state();
    state.remove("student/bias");
    ArtifactCompiler compiler = new ArtifactCompiler(new LineObjective(step -> {}));
    assertThatThrownBy(() -> compiler.export(state, "backbone", OptimizerConfig.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("student/bias");
    assertThatThrownBy(() -> compiler.export(state(), "backbon", OptimizerConfig.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'backbone'?");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> TrainingRuntime.find().write(export(OptimizerConfig.DEFAULTS), file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("training artifacts cannot be written")
        .hasMessageContaining(file.toString());
  }

  @Test
  void filesAreReplacedAndNothingIsLeftBehind() throws IOException {
    Files.writeString(folder.resolve(".checkpoint.tmp"), "remains of a crash");
    Files.writeString(folder.resolve(TrainingArtifacts.TRAINING), "older");
    open(OptimizerConfig.DEFAULTS).close();
    try (var names = Files.list(folder)) {
      assertThat(names.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              TrainingArtifacts.TRAINING,
              TrainingArtifacts.EVALUATION,
              TrainingArtifacts.OPTIMIZER,
              TrainingArtifacts.CHECKPOINT);
    }
  }

  private NativeSession open(OptimizerConfig config) {
    TrainingRuntime.find().write(export(config), folder);
    return new NativeSession(folder);
  }

  private static TrainingArtifacts export(OptimizerConfig config) {
    return new ArtifactCompiler(new LineObjective(step -> {})).export(state(), "backbone", config);
  }

  private static Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("student/weight", LineObjective.firstWeights());
    state.put("student/bias", Tensor.of(new float[] {0.5f, 0.5f}, 2));
    state.put("seen/mean", Tensor.of(new float[2], 2));
    state.put("optimizer/mean/student/bias", Tensor.of(new float[2], 2));
    return state;
  }

  private Map<String, Tensor> saved(NativeSession session) throws IOException {
    Path file = folder.resolve("saved");
    session.save(file);
    byte[] bytes = Files.readAllBytes(file);
    return StateFile.read(ByteBuffer.allocateDirect(bytes.length).put(0, bytes));
  }

  private static double[] weights(Map<String, Tensor> state) {
    return java.util.stream.DoubleStream.concat(
            Arrays.stream(doubles(state, "student/weight")),
            Arrays.stream(doubles(state, "student/bias")))
        .toArray();
  }

  private static double[] doubles(Map<String, Tensor> state, String name) {
    float[] values = Interpreter.require(state, name).toFloats();
    return java.util.stream.IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static Tensor noise(long seed, long... extents) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(ElementType.FLOAT, extents);
    var values = tensor.floats();
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
    return tensor;
  }

  private static OptimizerConfig config(
      Algorithm algorithm, double decay, double momentum, double clip) {
    return RecordOptions.override(
        OptimizerConfig.DEFAULTS,
        Map.of(
            "algorithm", algorithm.name(),
            "weightDecay", Double.toString(decay),
            "momentum", Double.toString(momentum),
            "clipNorm", Double.toString(clip)));
  }

  /** Feeds what no schedule says. */
  private record Deciding() implements Controller {}
}
