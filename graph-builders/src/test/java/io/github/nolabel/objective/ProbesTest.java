package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.evaluation.ProbeEpoch;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocols that train a classifier, through the real runtime, on the CPU. */
class ProbesTest {

  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 1);
  private static final Map<String, String> SMALL = Map.of("width", "4", "stages", "2");
  private static final RunSpec RUN = RunSpec.of("small-cnn", 16, 8, 64, 1);
  private static final Backbone BACKBONE = Backbones.create("small-cnn", SMALL, 16);
  private static final ClassificationTask TASK =
      new ClassificationTask(new FlatColours(60, 0), new FlatColours(23, 1));

  private final Probes probes = Probes.on(TrainingRuntime.find(), CPU);
  private final Shrinking objective = new Shrinking(BACKBONE);
  private final Map<String, Tensor> state =
      initial(new TrainingCompiler(RUN).compile(objective).program());

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adamw", "sgd"})
  void separableFeaturesAreToldApartWithoutAnError(String optimizer) {
    Classification result =
        linear(Map.of("optimizer", optimizer, "learningRate", "0.05", "epochs", "40"));
    assertThat(result.accuracy()).isEqualTo(1);
    assertThat(result.images()).isEqualTo(23);
  }

  @Test
  void atALearningRateOfZeroNothingIsLearnt() {
    List<Double> losses = losses(Map.of("learningRate", "0", "epochs", "3"));
    assertThat(losses)
        .hasSize(3)
        .allSatisfy(loss -> assertThat(loss).isCloseTo(losses.get(0), within(1e-6)));
  }

  @Test
  void linearProbingRepeatsBitForBitAndDependsOnTheSeed() {
    Map<String, String> short2 = Map.of("epochs", "2", "batchSize", "7");
    List<Double> losses = losses(short2);
    assertThat(losses(short2)).isEqualTo(losses);
    assertThat(losses(Map.of("epochs", "2", "batchSize", "7", "seed", "1"))).isNotEqualTo(losses);
  }

  @Test
  void augmentedFeaturesAreEmbeddedAnew() {
    assertThat(linear(Map.of("augment", "true", "learningRate", "0.05", "epochs", "40")).accuracy())
        .isEqualTo(1);
  }

  @Test
  void testsComeWhenAskedForAndAfterTheLastEpoch() {
    List<ProbeEpoch> epochs = new ArrayList<>();
    LinearProbe options = linearOptions(Map.of("epochs", "5", "testEveryEpochs", "2"));
    Classification last =
        probes.linear(backbone(), Preprocessing.standard(16), TASK, options, epochs::add);
    assertThat(epochs).extracting(ProbeEpoch::epoch).containsExactly(2, 4, 5);
    assertThat(epochs.get(2).test()).isEqualTo(last);
  }

  @Test
  void aFirstLossOfEqualGuessesIsTheLogarithmOfTheClasses() {
    assertThat(losses(Map.of("epochs", "1", "learningRate", "0")).get(0))
        .isCloseTo(Math.log(3), within(0.05));
  }

  @Test
  void divergenceNamesProtocolAndRemedy() {
    assertThatThrownBy(
            () -> linear(Map.of("optimizer", "sgd", "learningRate", "1000", "weightDecay", "10")))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("'linear' diverged at step")
        .hasMessageContaining("lower learning rate");
  }

  @Test
  void oneClassIsNothingToLearn() {
    ClassificationTask one = new ClassificationTask(new FlatColours(1, 0), TASK.test());
    assertThatThrownBy(
            () ->
                probes.linear(
                    backbone(), Preprocessing.standard(16), one, LinearProbe.DEFAULTS, e -> {}))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("two classes");
  }

  @Test
  void fineTuningStartsFromTheNetworksWeightsAndAFreshClassifier() {
    TrainingProgram program = fineTuning();
    Map<String, Tensor> start = initial(program);
    Map<String, Tensor> learnt = learnt();
    assertThat(start).containsKeys("student/classifier/weight", "student/classifier/bias");
    learnt.forEach((name, values) -> assertThat(sameBits(values, start, name)).as(name).isTrue());
    assertThat(learnt).hasSize(2 * 5);
    assertThat(program.state())
        .filteredOn(StateTensor::trained)
        .extracting(StateTensor::name)
        .contains("student/stage_1/conv/weight", "student/stage_2/norm/bias");
  }

  @Test
  void fineTuningLearnsAndLeavesTheNetworkAsItWas() {
    Map<String, ByteBuffer> before = bits(state);
    Classification result =
        probes.fineTuned(
            new Probes.Network(new CutClassifiers(objective), state, "backbone", RUN),
            TASK,
            fineTuneOptions(Map.of("epochs", "20", "batchSize", "16", "learningRate", "0.01")),
            epoch -> {});
    assertThat(result.accuracy()).isEqualTo(1);
    assertThat(bits(state)).isEqualTo(before);
  }

  @Test
  void aCutThatIsNotThereIsAMistake() {
    assertThatThrownBy(
            () ->
                new CutClassifiers(objective)
                    .fineTuning(state, "backbon", 3, objective.inputs(), RUN))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'backbone'?");
  }

  private TrainingProgram fineTuning() {
    return new CutClassifiers(objective)
        .fineTuning(
            state, "backbone", 3, FineTuning.DEFAULTS.inputs(Preprocessing.standard(16)), RUN)
        .program();
  }

  /** What the network consists of, with values that no initializer draws. */
  private Map<String, Tensor> learnt() {
    Map<String, Tensor> learnt = new LinkedHashMap<>();
    state.forEach(
        (name, values) -> {
          if (name.startsWith("student/stage_") && !name.contains("optimizer")) {
            learnt.put(name, values);
          }
        });
    return learnt;
  }

  private Classification linear(Map<String, String> options) {
    return probes.linear(
        backbone(), Preprocessing.standard(16), TASK, linearOptions(options), epoch -> {});
  }

  private List<Double> losses(Map<String, String> options) {
    List<Double> losses = new ArrayList<>();
    probes.linear(
        backbone(),
        Preprocessing.standard(16),
        TASK,
        linearOptions(options),
        epoch -> losses.add(epoch.trainingLoss()));
    return losses;
  }

  private OnnxModel backbone() {
    return new CutExporter(objective).export(state, "backbone", Map.of());
  }

  private static LinearProbe linearOptions(Map<String, String> options) {
    return RecordOptions.override(LinearProbe.DEFAULTS, options);
  }

  private static FineTuning fineTuneOptions(Map<String, String> options) {
    return RecordOptions.override(FineTuning.DEFAULTS, options);
  }

  private static boolean sameBits(Tensor values, Map<String, Tensor> others, String name) {
    Tensor other = others.get(name);
    return other != null && values.sameBits(other);
  }

  private static Map<String, Tensor> initial(TrainingProgram program) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (StateTensor tensor : program.state()) {
      Tensor values = tensor.initial().copy();
      state.put(tensor.name(), values);
    }
    return state;
  }

  private static Map<String, ByteBuffer> bits(Map<String, Tensor> state) {
    Map<String, ByteBuffer> bits = new LinkedHashMap<>();
    state.forEach((name, tensor) -> bits.put(name, tensor.copy().bytes()));
    return bits;
  }
}
