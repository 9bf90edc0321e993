package io.github.nolabel.methods.vision.distil;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.FrozenFeatures;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.TeacherFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherOnceTest {

  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 1);

  @TempDir Path directory;

  @Test
  void theTeacherIsNoPartOfTheStep() {
    Path teacher = TeacherFile.in(directory, "mobilenet-script");
    CompiledMethod method = student("onnx:" + teacher);
    assertThat(method.recipe().program().state())
        .noneMatch(tensor -> tensor.name().startsWith("frozen/"));
    assertThat(method.recipe().inputs().views()).extracting(View::size).containsExactly(16);
    FrozenFeatures frozen = method.recipe().frozen().get(0);
    assertThat(method.recipe().inputs().inputs()).contains(frozen.input());
    assertThat(frozen.view()).isEqualTo(Preprocessing.standard(32));
    Tensor images = noise(32);
    TrainingRuntime runtime = TrainingRuntime.find();
    try (Embedder file = runtime.embedder(runtime.read(teacher), CPU);
        Embedder alone = runtime.embedder(frozen.network().get(), CPU)) {
      assertThat(alone.embed(images).toFloats())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(file.embed(images).toFloats());
    }
  }

  private static CompiledMethod student(String teacher) {
    RunSpec run =
        new RunSpec(
            "small-cnn",
            Map.of("width", "4", "stages", "2"),
            16,
            6,
            5,
            5,
            1,
            RecordOptions.override(OptimizerConfig.DEFAULTS, Map.of("learningRate", "1e-2")),
            ScheduleConfig.DEFAULTS);
    return Methods.compile("distil", Map.of("teacher", teacher, "teacherFeatures", "once"), run);
  }

  private static Tensor noise(int size) {
    Random random = new Random(1);
    float[] values = new float[6 * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 6, 3, size, size);
  }
}
