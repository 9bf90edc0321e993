package io.github.nolabel.methods.vision.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.TeacherFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistilRunTest {

  private static final int BATCH = 6;

  /** A value [N, tokens, width] of vit-dynamo. */
  private static final String TOKENS = "layer_norm_4";

  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 1);

  @TempDir Path directory;

  private CompiledMethod compiled(String teacher, int imageSize, Map<String, String> own) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("teacher", "onnx:" + TeacherFile.in(directory, teacher));
    options.put("queueSize", "12");
    options.putAll(own);
    OptimizerConfig optimizer =
        RecordOptions.override(OptimizerConfig.DEFAULTS, Map.of("learningRate", "1e-2"));
    Map<String, String> small = Map.of("width", "4", "stages", "2");
    RunSpec run =
        new RunSpec(
            "small-cnn", small, imageSize, BATCH, 5, 5, 1, optimizer, ScheduleConfig.DEFAULTS);
    return Methods.compile("distil", options, run);
  }

  private Trainer open(CompiledMethod method) {
    return TrainingRuntime.find()
        .open(
            method.recipe(),
            new TrainerSettings(
                method.run(),
                directory.resolve("run"),
                false,
                CheckpointConfig.DEFAULTS,
                CPU,
                Map.of()));
  }

  /**
   * Batch normalisation, layer normalisation and dropout of files by two exporters: what the step
   * puts into its queue is what the file itself computes, whatever batch came before.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mobilenet-script", "resnet-script", "vit-dynamo"})
  void theTeacherSeesWhatItsFileSees(String teacher) {
    CompiledMethod method = compiled(teacher, 32, Map.of());
    Noise batches = new Noise(32, 2);
    try (Trainer trainer = open(method);
        Embedder file =
            TrainingRuntime.find()
                .embedder(TrainingRuntime.find().read(TeacherFile.in(directory, teacher)), CPU)) {
      trainer.train(batches, List.of());
      float[] rows = state(trainer.state(), "queue/rows").toFloats();
      for (int batch = 0; batch < 2; batch++) {
        float[] features = unitRows(file.embed(batches.images(batch)).toFloats(), BATCH);
        float[] kept = new float[features.length];
        System.arraycopy(rows, batch * features.length, kept, 0, kept.length);
        assertThat(kept).usingComparatorWithPrecision(1e-4f).containsExactly(features);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"queue, 16", "cosine, 16", "cosine, 48"})
  void theTeacherStaysAndIsNotTrained(String comparison, int imageSize) {
    CompiledMethod method =
        compiled("mobilenet-script", imageSize, Map.of("comparison", comparison));
    List<StateTensor> state = method.recipe().program().state();
    List<StateTensor> teacher =
        state.stream().filter(tensor -> tensor.name().startsWith("frozen/")).toList();
    assertThat(teacher).hasSizeGreaterThan(20).noneMatch(StateTensor::trained);
    assertThat(state)
        .filteredOn(tensor -> tensor.name().startsWith("optimizer/"))
        .isNotEmpty()
        .noneMatch(tensor -> tensor.name().contains("frozen/"));
    try (Trainer trainer = open(method)) {
      trainer.train(new Noise(Math.max(32, imageSize), 5), List.of());
      Map<String, Tensor> after = trainer.state();
      teacher.forEach(
          tensor ->
              assertThat(state(after, tensor.name()).sameBits(tensor.initial()))
                  .as(tensor.name())
                  .isTrue());
    }
  }

  @Test
  void theStudentIsExportedAlone() {
    CompiledMethod method = compiled("mobilenet-script", 16, Map.of());
    assertThat(method.exporter().cuts()).containsExactly(BackboneExporter.BACKBONE);
    try (Trainer trainer = open(method)) {
      byte[] exported =
          method.exporter().export(trainer.state(), BackboneExporter.BACKBONE, Map.of()).bytes();
      assertThat(new String(exported, StandardCharsets.ISO_8859_1))
          .contains("student/stage_1/conv/weight")
          .doesNotContain("frozen/")
          .doesNotContain("projector");
      try (Embedder embedder = trainer.embedder()) {
        Tensor images = Tensor.zeros(ElementType.FLOAT, 1, 3, 16, 16);
        assertThat(embedder.embed(images).shape().extent(1)).isEqualTo(8);
      }
    }
  }

  /** Every colour space means the same image: half scaled differently, and told so. */
  @Test
  void coloursAreBroughtToTheTeachersOwn() {
    CompiledMethod method =
        compiled("mobilenet-script", 32, Map.of("teacherNormalisation", "half"));
    Noise batches = new Noise(32, 1);
    try (Trainer trainer = open(method);
        Embedder file =
            TrainingRuntime.find()
                .embedder(
                    TrainingRuntime.find().read(TeacherFile.in(directory, "mobilenet-script")),
                    CPU)) {
      trainer.train(batches, List.of());
      float[] features = unitRows(file.embed(halfNormalised(batches.images(0))).toFloats(), BATCH);
      float[] kept = new float[features.length];
      System.arraycopy(state(trainer.state(), "queue/rows").toFloats(), 0, kept, 0, kept.length);
      assertThat(kept).usingComparatorWithPrecision(1e-4f).containsExactly(features);
    }
  }

  @Test
  void whatTheTeacherCannotBeIsSaidInTheWordsOfItsOptions() {
    assertThatThrownBy(() -> compiled("mobilenet-script", 32, Map.of("teacher", "")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--set teacher=onnx:PATH");
    assertThatThrownBy(
            () -> compiled("mobilenet-script", 32, Map.of("teacherFeatureOutput", "nothing")))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("The teacher: ")
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> compiled("mobilenet-script", 32, Map.of("teacherSha256", "ab")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("mobilenet-script.onnx is not the file that the run began with");
    assertThatThrownBy(() -> compiled("vit-dynamo", 32, Map.of("teacherFeatureOutput", TOKENS)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Set teacherTokens=class")
        .hasMessageContaining("(teacherFeatureOutput)");
    assertThatThrownBy(() -> compiled("vit-fixed-batch", 32, Map.of("teacherSize", "48")))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("The teacher: ");
  }

  private static Tensor halfNormalised(Tensor images) {
    double[] mean = {0.485, 0.456, 0.406};
    double[] std = {0.229, 0.224, 0.225};
    Tensor half = images.copy();
    int plane = 32 * 32;
    for (int i = 0; i < half.elements(); i++) {
      int c = i / plane % 3;
      double pixel = half.floats().get(i) * std[c] + mean[c];
      half.floats().put(i, (float) ((pixel - 0.5) / 0.5));
    }
    return half;
  }

  private static float[] unitRows(float[] values, int rows) {
    int width = values.length / rows;
    float[] unit = new float[values.length];
    for (int row = 0; row < rows; row++) {
      int first = row * width;
      double length =
          Math.sqrt(
              IntStream.range(first, first + width)
                  .mapToDouble(i -> (double) values[i] * values[i])
                  .sum());
      for (int i = first; i < first + width; i++) {
        unit[i] = (float) (values[i] / length);
      }
    }
    return unit;
  }

  private static Tensor state(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name);
  }

  /** The batch at an index is always the same. */
  private record Noise(int size, long batchesPerEpoch) implements BatchSource {

    Tensor images(long batch) {
      Random random = new Random(batch);
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, size, size);
      for (int i = 0; i < images.elements(); i++) {
        images.floats().put(i, (float) random.nextGaussian());
      }
      return images;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private long next = firstBatch;

        @Override
        public Batch next() {
          return new Batch(BATCH, Map.of("view_1", images(next++ % batchesPerEpoch)));
        }

        @Override
        public void close() {}
      };
    }
  }
}
