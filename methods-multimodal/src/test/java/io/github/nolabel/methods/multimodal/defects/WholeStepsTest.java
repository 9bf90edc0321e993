package io.github.nolabel.methods.multimodal.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three updates of each method end where the method, written a second time in Python and float64,
 * ends, with whatever kernels: {@code steps.py} beside the expected numbers says how they were
 * made.
 */
class WholeStepsTest {

  private static final int STEPS = 3;

  /** Its draws ask UNITER for each of its tasks. */
  static final long SEED = 4;

  private static final double LOSSES = 1e-4;
  private static final double STATE = 1e-4;
  private static final double SMALL = 0.1;

  /** Clipping, decay and warm-up all have work to do; no moment is lost below epsilon. */
  private static final OptimizerConfig OPTIMIZER =
      OptimizerConfig.DEFAULTS
          .with("learningRate", 1e-2)
          .with("weightDecay", 0.1)
          .with("epsilon", 1e-3)
          .with("clipNorm", 1);

  private static final ScheduleConfig SCHEDULE = ScheduleConfig.DEFAULTS.with("warmupSteps", 2);

  private static final Map<String, String> REGIONS =
      Map.of("features", "regions", "regionCount", "" + TinyPairs.LENGTH, "regionWidth", "5");

  @TempDir Path folder;

  /** What is run; the Python program knows the same by the same names. */
  private static TinyPairs pairs(String name) {
    return switch (name) {
      case "clip" -> TinyPairs.of("clip", Map.of()).on(TinyPairs.VIT);
      case "siglip" -> TinyPairs.of("clip", Map.of("useSiglip", "true"));
      case "slip" -> TinyPairs.of("slip", Map.of());
      case "vse" -> TinyPairs.of("vse", Map.of());
      case "vse_max" ->
          TinyPairs.of("vse", Map.of("objective", "max-violation", "warmupEpochs", "0.25"))
              .on(TinyPairs.VIT);
      case "vse_regions" -> TinyPairs.of("vse", REGIONS);
      case "albef" -> TinyPairs.of("albef", following("0.07")).on(TinyPairs.VIT);
      case "albef_cnn" -> TinyPairs.of("albef", following("0.5"));
      case "simvlm" -> TinyPairs.of("simvlm", Map.of("maxPrefixLength", "3"));
      case "uniter" -> TinyPairs.of("uniter", Map.of());
      case "uniter_all" -> TinyPairs.of("uniter", Map.of("tasks", "all")).on(TinyPairs.VIT);
      case "uniter_classes" ->
          TinyPairs.of("uniter", REGIONS).with("regionClasses", "4").with("tasks", "all");
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Momentum networks that move far within three updates. */
  private static Map<String, String> following(String temperature) {
    return Map.of(
        "movingAverageDecay",
        "0.8",
        "finalMovingAverageDecay",
        "1",
        "mlmProbability",
        "0.4",
        "temp",
        temperature);
  }

  static Stream<Arguments> runs() {
    return Stream.of(
            "clip",
            "siglip",
            "slip",
            "vse",
            "vse_max",
            "vse_regions",
            "albef",
            "albef_cnn",
            "simvlm",
            "uniter",
            "uniter_all",
            "uniter_classes")
        .flatMap(
            name ->
                Stream.of(Kernels.ONNXRUNTIME, Kernels.AUTO)
                    .map(kernels -> Arguments.of(name, kernels)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void endWhereTheyEndInPython(String name, Kernels kernels) {
    TinyPairs pairs = pairs(name).with(OPTIMIZER, SCHEDULE, SEED);
    TrainingRecipe recipe = pairs.compile().recipe();
    try (Trainer trainer = TinyPairs.open(recipe, folder, false, kernels)) {
      List<StepReport> reports = TinyPairs.train(trainer, recipe, STEPS);
      Map<String, Tensor> end = trainer.state();
      StepsDump.write(name, recipe, reports, end);
      Map<String, double[]> expected = ExpectedSteps.of(name);
      near(expected, "loss", LOSSES, series(reports, StepReport::loss));
      near(expected, "gradient_norm", STATE, series(reports, WholeStepsTest::norm));
      Map<String, double[]> sums = sums(end);
      assertThat(sums.keySet()).isEqualTo(ExpectedSteps.state(expected));
      sums.forEach((tensor, both) -> near(expected, tensor, STATE, both));
    }
  }

  private static double[] series(List<StepReport> reports, ToDoubleFunction<StepReport> value) {
    return reports.stream().mapToDouble(value).toArray();
  }

  private static double norm(StepReport report) {
    return Objects.requireNonNull(report.values().get(TrainingProgram.GRADIENT_NORM));
  }

  /** Of each tensor but the optimizer's: the sum of its elements, and that of their squares. */
  private static Map<String, double[]> sums(Map<String, Tensor> state) {
    Map<String, double[]> sums = new TreeMap<>();
    state.forEach(
        (name, tensor) -> {
          if (!name.startsWith("optimizer/")) {
            sums.put("state " + name, sums(tensor.toFloats()));
          }
        });
    return sums;
  }

  private static double[] sums(float[] values) {
    double[] sums = new double[2];
    for (double value : values) {
      sums[0] += value;
      sums[1] += value * value;
    }
    return sums;
  }

  /** A sum may cancel out, so that its error is measured by the larger of both sums. */
  private static void near(
      Map<String, double[]> expected, String name, double tolerance, double[] actual) {
    double[] wanted = Objects.requireNonNull(expected.get(name), name);
    double size = Math.max(SMALL, Arrays.stream(wanted).map(Math::abs).max().orElseThrow());
    assertThat(actual).as(name).hasSameSizeAs(wanted);
    assertThat(actual).as(name).containsExactly(wanted, within(tolerance * size));
  }
}
