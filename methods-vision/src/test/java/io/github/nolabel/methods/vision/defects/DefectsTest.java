package io.github.nolabel.methods.vision.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.view.View;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.barlow.BarlowTwinsConfig;
import io.github.nolabel.methods.vision.byol.ByolConfig;
import io.github.nolabel.methods.vision.defects.TinyRun.Outcome;
import io.github.nolabel.methods.vision.dino.DinoConfig;
import io.github.nolabel.methods.vision.moco.MoCoV2Config;
import io.github.nolabel.methods.vision.moco.MoCoV3Config;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test is named after what must hold where another implementation was found broken. */
class DefectsTest {

  private static final Map<String, String> PLAIN =
      Map.of("algorithm", "sgd", "learningRate", "0.1", "weightDecay", "0", "momentum", "0");

  @TempDir Path directory;

  static Stream<String> methods() {
    return Methods.all().all().stream().map(NamedService::name);
  }

  /**
   * The predictor is made to answer the same whatever it sees, so nothing reaches the encoder
   * through it. The encoder must not move: nothing may come through the target either.
   */
  @Test
  void simSiamStopsTheGradientAtTheTarget() {
    TinyRun run = new TinyRun("simsiam", Map.of(), PLAIN, directory);
    TrainingRecipe deaf = replaced(run.recipe(), "predictor/layer_1/weight", 0);
    deaf = replaced(deaf, "predictor/layer_2/bias", 0.5f);
    Outcome outcome = run.take(deaf, 1, Map.of());
    Map<String, Tensor> start = run.start();
    for (String name : run.trained()) {
      if (name.startsWith("student/")) {
        assertThat(values(outcome.state(name))).as(name).containsExactly(values(start, name));
      }
    }
    assertThat(values(outcome.state("predictor/layer_2/bias"))[1]).isNotEqualTo(0.5f);
    assertThat(run.take(1).state("student/projector/layer_1/weight").toFloats())
        .isNotEqualTo(values(start, "student/projector/layer_1/weight"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyTrainedTensorOfEveryMethodMoves(String method) {
    TinyRun run = new TinyRun(method, Map.of(), directory);
    Outcome outcome = run.take(2);
    Map<String, Tensor> start = run.start();
    for (String name : run.trained()) {
      assertThat(values(outcome.state(name))).as(name).isNotEqualTo(values(start, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"view_1", "view_2", "local_1"})
  void swavUsesEveryView(String view) {
    TinyRun run = new TinyRun("swav", Map.of(), directory);
    double loss = run.take(1).losses().get(0);
    assertThat(run.take(run.recipe(), 1, Map.of(view, 1)).losses().get(0)).isNotEqualTo(loss);
  }

  @Test
  void swavsLossIsACrossEntropyAndPositive() {
    double loss = new TinyRun("swav", Map.of(), directory).take(1).losses().get(0);
    assertThat(loss).isBetween(0.1, 30.0);
  }

  /** One row, shorter than, equal to and longer than the batch of 6. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 13})
  void swavsQueueHasAnyLength(int length) {
    Map<String, String> options = Map.of("queueLength", Integer.toString(length));
    List<Double> losses = new TinyRun("swav", options, directory).take(5).losses();
    assertThat(losses).hasSize(5).allMatch(loss -> loss > 0 && Double.isFinite(loss));
  }

  /** Before the queue counts, its rows must be of no effect on what the batch is assigned to. */
  @Test
  void swavAssignsTheCurrentBatch() {
    double with = new TinyRun("swav", Map.of(), directory).take(1).losses().get(0);
    Path other = directory.resolve("without");
    double without =
        new TinyRun("swav", Map.of("useTheQueue", "false"), other).take(1).losses().get(0);
    assertThat(with).isCloseTo(without, within(1e-5));
  }

  @Test
  void swavsQueueChangesAssignmentsOnceItCounts() {
    List<Double> with = new TinyRun("swav", Map.of(), directory).take(4).losses();
    Path other = directory.resolve("without");
    List<Double> without =
        new TinyRun("swav", Map.of("useTheQueue", "false"), other).take(4).losses();
    assertThat(with.get(1)).isCloseTo(without.get(1), within(1e-4));
    assertThat(with.get(2)).isNotCloseTo(without.get(2), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"moco-v3", "moco-v2", "byol", "dino"})
  void everyTeacherMovesByDefault(String method) {
    TinyRun run = new TinyRun(method, Map.of(), directory);
    Map<String, Tensor> start = run.start();
    Outcome outcome = run.take(2);
    String weight = "teacher/projector/layer_1/weight";
    assertThat(values(outcome.state(weight)))
        .isNotEqualTo(values(start, weight))
        .isNotEqualTo(values(outcome.state("student/projector/layer_1/weight")));
    assertThat(run.trained()).noneMatch(name -> name.startsWith("teacher/"));
  }

  @Test
  void momentaAndTemperaturesOfMoCoAreThePapers() {
    assertThat(MoCoV3Config.DEFAULTS.teacher().movingAverageDecay()).isLessThan(1);
    assertThat(MoCoV3Config.DEFAULTS.contrast().temperature()).isEqualTo(0.2);
    assertThat(MoCoV2Config.DEFAULTS.teacher().movingAverageDecay()).isEqualTo(0.999);
    assertThat(MoCoV2Config.DEFAULTS.contrast().temperature()).isEqualTo(0.2);
    assertThat(ByolConfig.DEFAULTS.teacher().finalMovingAverageDecay()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 50})
  void moCoV2RunsOnTheProcessorWithAnyQueue(int size) {
    Map<String, String> options = Map.of("queueSize", Integer.toString(size));
    TinyRun run = new TinyRun("moco-v2", options, directory);
    Outcome outcome = run.take(3);
    assertThat(outcome.losses()).hasSize(3).allMatch(Double::isFinite);
    float[] rows = outcome.state("queue/rows").toFloats();
    float[] before = values(run.start(), "queue/rows");
    int replaced = Math.min(size, 3 * TinyRun.BATCH) * 8;
    assertThat(Arrays.copyOf(rows, 8)).isNotEqualTo(Arrays.copyOf(before, 8));
    assertThat(Arrays.copyOfRange(rows, replaced, rows.length))
        .containsExactly(Arrays.copyOfRange(before, replaced, before.length));
  }

  @Test
  void dinosTeacherIsSharperThanItsStudent() {
    DinoConfig dino = DinoConfig.DEFAULTS;
    assertThat(dino.targets().warmupTempTeacher())
        .isEqualTo(0.04)
        .isLessThan(dino.targets().tempTeacher());
    assertThat(dino.targets().tempTeacher()).isLessThan(dino.tempStudent());
    assertThat(dino.targets().centerMomentum()).isEqualTo(0.9);
    assertThat(dino.head().projectionDim()).isEqualTo(65536);
    assertThat(dino.teacher().finalMovingAverageDecay()).isEqualTo(1);
  }

  @Test
  void dinosCentreIsStateThatMoves() {
    Outcome outcome = new TinyRun("dino", Map.of(), directory).take(1);
    assertThat(values(outcome.state("center/mean"))).hasSize(8).doesNotContain(0);
  }

  /**
   * What answers zero to everything has variance zero, and a pass keeps 0.9 of the running one: the
   * crops of all sizes pass the projector as one batch.
   */
  @ParameterizedTest
  @CsvSource({"swav, useTheQueue, true", "dino, useBnInHead, true"})
  void allCropsPassTheHeadTogetherOnce(String method, String option, String value) {
    TinyRun run = new TinyRun(method, Map.of(option, value), directory);
    TrainingRecipe deaf = replaced(run.recipe(), "student/projector/layer_1/weight", 0);
    Outcome outcome = run.take(deaf, 1, Map.of());
    assertThat(values(outcome.state("student/projector/layer_1/norm/running_var")))
        .hasSize(12)
        .usingComparatorWithPrecision(1e-6f)
        .containsOnly(0.9f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dino", "swav"})
  void smallCropsAreSmaller(String method) {
    List<View> views = new TinyRun(method, Map.of(), directory).recipe().inputs().views();
    assertThat(views).extracting(View::input).containsExactly("view_1", "view_2", "local_1");
    assertThat(views.get(2).size()).isLessThan(views.get(0).size());
  }

  @Test
  void barlowTwinsAimsAtTheIdentity() {
    assertThat(BarlowTwinsConfig.DEFAULTS.hsic()).isFalse();
    double identity = new TinyRun("barlow-twins", Map.of(), directory).take(1).losses().get(0);
    Map<String, String> options = Map.of("hsic", "true");
    Path other = directory.resolve("hsic");
    double hsic = new TinyRun("barlow-twins", options, other).take(1).losses().get(0);
    assertThat(hsic).isNotCloseTo(identity, within(1e-5));
  }

  private static TrainingRecipe replaced(TrainingRecipe recipe, String name, float value) {
    TrainingProgram program = recipe.program();
    assertThat(program.state()).extracting(StateTensor::name).contains(name);
    List<StateTensor> state =
        program.state().stream().map(s -> s.name().equals(name) ? filled(s, value) : s).toList();
    return new TrainingRecipe(
        new TrainingProgram(program.training(), program.evaluation(), state),
        recipe.controllers(),
        recipe.inputs());
  }

  private static StateTensor filled(StateTensor old, float value) {
    Tensor tensor = old.initial().copy();
    var values = tensor.floats();
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, value);
    }
    return new StateTensor(old.name(), old.trained(), old.sharing(), tensor);
  }

  private static float[] values(Tensor tensor) {
    return tensor.toFloats();
  }

  private static float[] values(Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    assertThat(tensor).as(name).isNotNull();
    return tensor == null ? new float[0] : tensor.toFloats();
  }
}
