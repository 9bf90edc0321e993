package io.github.nolabel.methods.vision.simclr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SimCLR through the real runtime, on the CPU. */
class SimClrRunTest {

  private static final int SIZE = 16;
  private static final long PER_EPOCH = 4;
  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 2);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8})
  void lossFallsOnAFixedBatch(int batchSize) {
    Losses losses = new Losses();
    try (Trainer trainer = open("run", batchSize, 30, 1, false)) {
      trainer.train(new NoiseBatches(batchSize, SIZE, PER_EPOCH, true), List.of(losses));
    }
    assertThat(losses.values).hasSize(30);
    assertThat(losses.values.get(29)).isLessThan(0.8 * losses.values.get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void stoppedAndResumedEqualsUninterrupted(int accumulate) {
    NoiseBatches batches = new NoiseBatches(4, SIZE, PER_EPOCH, false);
    try (Trainer straight = open("straight", 4, 10, accumulate, false);
        Trainer first = open("stopped", 4, 10, accumulate, false)) {
      straight.train(batches, List.of());
      first.train(batches, List.of(stopAfter(first, 6)));
      assertThat(first.step()).isEqualTo(6);
      try (Trainer second = open("stopped", 4, 10, accumulate, true)) {
        assertThat(second.step()).isEqualTo(6);
        second.train(batches, List.of());
        assertThat(bits(second)).isEqualTo(bits(straight));
      }
    }
  }

  @Test
  void theExportEqualsTheEvaluationModelAndEvaluationChangesNothing() {
    NoiseBatches batches = new NoiseBatches(8, SIZE, PER_EPOCH, false);
    Tensor images = batches.noise(99);
    CompiledMethod pretraining = prepare(8, 6, 1);
    try (Trainer trainer =
            TrainingRuntime.find()
                .open(pretraining.recipe(), settings("run", pretraining.run(), false));
        Embedder live = trainer.embedder()) {
      trainer.train(batches, List.of());
      Map<String, ByteBuffer> before = bits(trainer);
      float[] evaluated = live.embed(images).toFloats();
      OnnxModel model =
          pretraining
              .exporter()
              .export(trainer.state(), BackboneExporter.BACKBONE, Map.of("a", "b"));
      try (Embedder exported = TrainingRuntime.find().embedder(model, CPU)) {
        assertThat(exported.embed(images).toFloats())
            .usingComparatorWithPrecision(1e-5f)
            .containsExactly(evaluated);
      }
      assertThat(bits(trainer)).isEqualTo(before);
    }
  }

  @Test
  void versionTwoExportsTheFirstProjectorLayer() {
    CompiledMethod pretraining = Methods.compile("simclr", Map.of("version", "2"), run(4, 4, 1));
    assertThat(pretraining.exporter().cuts()).containsExactly("backbone", "projector-1");
    try (Trainer trainer =
        TrainingRuntime.find()
            .open(pretraining.recipe(), settings("v2", pretraining.run(), false))) {
      OnnxModel model = pretraining.exporter().export(trainer.state(), "projector-1", Map.of());
      try (Embedder embedder = TrainingRuntime.find().embedder(model, CPU)) {
        Tensor features = embedder.embed(new NoiseBatches(3, SIZE, 1, true).noise(1));
        assertThat(features.shape().at(0)).containsExactly(3, 16);
        for (float feature : features.toFloats()) {
          assertThat(feature).as("after ReLU").isNotNegative();
        }
      }
    }
  }

  private static InputPlan labelled(ClassifierBuilder classifiers) {
    Preprocessing plain = classifiers.preprocessing();
    View view = new View(ProbeInputs.IMAGES, plain.size(), List.of());
    return InputPlan.ofViews(List.of(view), plain).with(new Input.Label(ProbeInputs.LABELS));
  }

  @Test
  void fineTuningOfVersionTwoStartsFromTheFirstProjectorLayerAndKeepsEveryWeight() {
    CompiledMethod pretraining = Methods.compile("simclr", Map.of("version", "2"), run(4, 4, 1));
    ClassifierBuilder classifiers = pretraining.classifiers();
    assertThat(classifiers.defaultCut()).isEqualTo("projector-1");
    assertThat(prepare(4, 4, 1).classifiers().defaultCut()).isEqualTo("backbone");
    try (Trainer trainer =
        TrainingRuntime.find()
            .open(pretraining.recipe(), settings("v2f", pretraining.run(), false))) {
      trainer.train(new NoiseBatches(4, SIZE, PER_EPOCH, false), List.of());
      Map<String, Tensor> state = trainer.state();
      TrainingRecipe recipe =
          classifiers.fineTuning(state, "projector-1", 5, labelled(classifiers), pretraining.run());
      Map<String, Tensor> start = new TreeMap<>();
      recipe.program().state().forEach(t -> start.put(t.name(), t.initial()));
      assertThat(start)
          .containsKeys("student/projector/layer_1/weight", "student/classifier/weight")
          .doesNotContainKey("student/projector/layer_2/weight");
      start.forEach(
          (name, first) -> {
            Tensor learnt = state.get(name);
            if (learnt != null && name.matches("student/(stage_\\d|projector)/.*")) {
              assertThat(first.sameBits(learnt)).as(name).isTrue();
            }
          });
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndRunsDoNotTouchEachOther() {
    NoiseBatches batches = new NoiseBatches(4, SIZE, PER_EPOCH, false);
    try (Trainer one = open("one", 4, 5, 1, false);
        Trainer two = open("two", 4, 5, 1, false)) {
      one.train(batches, List.of());
      two.train(batches, List.of());
      assertThat(bits(two)).isEqualTo(bits(one));
    }
  }

  private static Map<String, ByteBuffer> bits(Trainer trainer) {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    trainer.state().forEach((name, tensor) -> bits.put(name, tensor.bytes()));
    return bits;
  }

  private Trainer open(String name, int batchSize, long steps, int accumulate, boolean resume) {
    CompiledMethod pretraining = prepare(batchSize, steps, accumulate);
    return TrainingRuntime.find()
        .open(pretraining.recipe(), settings(name, pretraining.run(), resume));
  }

  private static CompiledMethod prepare(int batchSize, long steps, int accumulate) {
    return Methods.compile(
        "SimCLR", Map.of("projection_dim", "16"), run(batchSize, steps, accumulate));
  }

  private TrainerSettings settings(String name, RunSpec run, boolean resume) {
    return new TrainerSettings(
        run, directory.resolve(name), resume, CheckpointConfig.DEFAULTS, CPU, Map.of());
  }

  private static RunSpec run(int batchSize, long steps, int accumulate) {
    OptimizerConfig optimizer =
        RecordOptions.override(
            OptimizerConfig.DEFAULTS,
            Map.of(
                "learningRate", "3e-3",
                "clipNorm", "1",
                "accumulate", Integer.toString(accumulate)));
    return new RunSpec(
        "small-cnn",
        Map.of("width", "4", "stages", "3"),
        SIZE,
        batchSize,
        steps,
        PER_EPOCH,
        1,
        optimizer,
        ScheduleConfig.DEFAULTS);
  }

  private static TrainingListener stopAfter(Trainer trainer, long step) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          trainer.requestStop();
        }
      }
    };
  }

  private static final class Losses implements TrainingListener {
    private final List<Double> values = new ArrayList<>();

    @Override
    public void onStep(StepReport report) {
      values.add(report.loss());
    }
  }
}
