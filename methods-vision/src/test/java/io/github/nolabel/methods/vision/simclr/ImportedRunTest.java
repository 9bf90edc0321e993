package io.github.nolabel.methods.vision.simclr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
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
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SimCLR goes on from networks of other exporters; the files are those of graph-builders. */
class ImportedRunTest {

  private static final int STEPS = 10;
  private static final int BATCH = 6;
  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 2);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convnext-dynamo",
        "convnext-script",
        "keras",
        "mobilenet-dynamo",
        "mobilenet-script",
        "old-script",
        "resnet-dynamo",
        "resnet-fixed-batch",
        "resnet-folded",
        "resnet-half",
        "resnet-script",
        "timm-efficientnet-script",
        "timm-vit-dynamo",
        "timm-vit-script",
        "vit-dynamo",
        "vit-fixed-batch",
        "vit-script"
      })
  void tenStepsLowerTheLossAndTheResultIsExported(String name) {
    CompiledMethod pretraining = prepare(name);
    NoiseBatches batches = new NoiseBatches(BATCH, size(name), STEPS, true);
    Losses losses = new Losses();
    try (Trainer trainer = open(pretraining, "run", false)) {
      Tensor images = batches.noise(5);
      float[] untrained = embedded(trainer, images);
      trainer.train(batches, List.of(losses));
      assertThat(losses.values).hasSize(STEPS);
      assertThat(losses.values.get(STEPS - 1)).isLessThan(losses.values.get(0));
      float[] trained = embedded(trainer, images);
      assertThat(trained).isNotEqualTo(untrained);
      OnnxModel model =
          pretraining.exporter().export(trainer.state(), BackboneExporter.BACKBONE, Map.of());
      try (Embedder exported = TrainingRuntime.find().embedder(model, CPU)) {
        assertThat(exported.embed(images).toFloats())
            .usingComparatorWithPrecision(1e-5f)
            .containsExactly(trained);
      }
    }
  }

  @Test
  void stoppedAndResumedEqualsUninterrupted() {
    CompiledMethod pretraining = prepare("mobilenet-script");
    NoiseBatches batches = new NoiseBatches(BATCH, 32, STEPS, false);
    try (Trainer straight = open(pretraining, "straight", false);
        Trainer first = open(pretraining, "stopped", false)) {
      straight.train(batches, List.of());
      first.train(batches, List.of(stopAfter(first, 6)));
      try (Trainer second = open(prepare("mobilenet-script"), "stopped", true)) {
        assertThat(second.step()).isEqualTo(6);
        second.train(batches, List.of());
        assertThat(bits(second)).isEqualTo(bits(straight));
      }
    }
  }

  private static float[] embedded(Trainer trainer, Tensor images) {
    try (Embedder embedder = trainer.embedder()) {
      return embedder.embed(images).toFloats();
    }
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

  private static Map<String, ByteBuffer> bits(Trainer trainer) {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    trainer.state().forEach((name, tensor) -> bits.put(name, tensor.bytes()));
    return bits;
  }

  private Trainer open(CompiledMethod pretraining, String name, boolean resume) {
    TrainerSettings settings =
        new TrainerSettings(
            pretraining.run(),
            directory.resolve(name),
            resume,
            CheckpointConfig.DEFAULTS,
            CPU,
            Map.of());
    return TrainingRuntime.find().open(pretraining.recipe(), settings);
  }

  private CompiledMethod prepare(String name) {
    OptimizerConfig optimizer =
        RecordOptions.override(
            OptimizerConfig.DEFAULTS, Map.of("learningRate", "3e-3", "clipNorm", "1"));
    RunSpec run =
        new RunSpec(
            "onnx",
            Map.of("file", file(name).toString()),
            size(name),
            BATCH,
            STEPS,
            STEPS,
            1,
            optimizer,
            ScheduleConfig.DEFAULTS);
    return Methods.compile("SimCLR", Map.of("projection_dim", "16"), run);
  }

  private static int size(String name) {
    return name.equals("old-script") ? 19 : 32;
  }

  private Path file(String name) {
    Path file = directory.resolve(name + ".onnx");
    try (InputStream in = ImportedRunTest.class.getResourceAsStream("/onnx/" + name + ".onnx")) {
      if (!Files.exists(file)) {
        Files.copy(Objects.requireNonNull(in), file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Losses implements TrainingListener {
    private final List<Double> values = new ArrayList<>();

    @Override
    public void onStep(StepReport report) {
      values.add(report.loss());
    }
  }
}
