package io.github.nolabel.methods.vision.simclr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimClrConfigTest {

  @ParameterizedTest
  @CsvSource({
    "version, 2, 3",
    "projectionDim, 64, 1",
    "projectionNumLayers, 3, 11",
    "projectionBatchNorm, false, maybe",
    "temperature, 0.1, 0",
    "colorJitterStrength, 0.5, -1",
    "minCropScale, 0.2, 1.5",
    "blur, off, sometimes",
    "interpolation, bilinear, nearest"
  })
  void everyOptionHasAValueThatIsTakenAndOneThatIsRefused(String name, String good, String bad) {
    SimClrConfig changed = RecordOptions.override(SimClrConfig.DEFAULTS, Map.of(name, good));
    assertThat(changed).isNotEqualTo(SimClrConfig.DEFAULTS);
    assertThatThrownBy(() -> RecordOptions.override(SimClrConfig.DEFAULTS, Map.of(name, bad)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(name);
  }

  @Test
  void theTestAboveListsEveryOption() {
    assertThat(RecordOptions.options(SimClrConfig.DEFAULTS))
        .extracting(OptionInfo::name)
        .containsExactly(
            "version",
            "projectionDim",
            "projectionNumLayers",
            "projectionBatchNorm",
            "temperature",
            "colorJitterStrength",
            "minCropScale",
            "blur",
            "interpolation");
  }

  @ParameterizedTest
  @CsvSource({
    "projection_dim, 64",
    "projection_num_layers, 3",
    "projection_batch_norm, false",
    "temperature, 0.2",
    "color_jitter_strength, 0.5",
    "use_blur, false"
  })
  void theNamesOfThePythonLibraryAreTaken(String name, String value) {
    assertThat(RecordOptions.override(SimClrConfig.DEFAULTS, Map.of(name, value)))
        .isNotEqualTo(SimClrConfig.DEFAULTS);
  }

  /** Counted by the Python library AK_SSL for its SimCLR with ResNet-18, two and three layers. */
  @ParameterizedTest
  @CsvSource({"1, 11505472", "2, 11768640"})
  void versionsDifferByTheProjectorsDepth(int version, long expected) {
    long trained =
        prepare(Map.of("version", Integer.toString(version))).recipe().program().state().stream()
            .filter(StateTensor::trained)
            .mapToLong(tensor -> tensor.elements())
            .sum();
    assertThat(trained).isEqualTo(expected);
  }

  @Test
  void bothViewsAreAugmentedAsInThePaper() {
    List<View> views = prepare(Map.of()).recipe().inputs().views();
    assertThat(views).extracting(View::input).containsExactly("view_1", "view_2");
    assertThat(views.get(0).transforms()).isEqualTo(views.get(1).transforms());
    assertThat(views.get(0).transforms())
        .containsExactly(
            new ViewTransform.RandomResizedCrop(
                0.08, 1, 3.0 / 4, 4.0 / 3, ViewTransform.Interpolation.BICUBIC),
            new ViewTransform.HorizontalFlip(0.5),
            new ViewTransform.ColorJitter(0.8, 0.8, 0.8, 0.2, 0.8),
            new ViewTransform.Grayscale(0.2),
            new ViewTransform.GaussianBlur(3, 0.1, 2, 0.5));
  }

  private static CompiledMethod prepare(Map<String, String> options) {
    RunSpec run =
        new RunSpec(
            "resnet18",
            Map.of("stem", "imagenet"),
            32,
            4,
            1,
            1,
            1,
            OptimizerConfig.DEFAULTS,
            ScheduleConfig.DEFAULTS);
    return Methods.compile("simclr", options, run);
  }
}
