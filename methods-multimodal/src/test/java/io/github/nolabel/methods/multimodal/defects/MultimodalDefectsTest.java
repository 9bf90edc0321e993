package io.github.nolabel.methods.multimodal.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each test is named after what must hold where another implementation was found broken. Elsewhere:
 * every method resumes bit by bit (MethodContractTest), ALBEF never judges a pair that belongs
 * together as one that does not (HardNegativesTest), VSE's own partner is no negative
 * (AdaptiveContrastTest, MarginRankingTest), and no special token is hidden (TokenMaskingTest,
 * OneWordAtLeastTest). Padding is not read: {@link PaddingTest}.
 */
class MultimodalDefectsTest {

  @TempDir Path directory;

  static Stream<String> methods() {
    return Methods.all().all().stream().map(NamedService::name);
  }

  @Test
  void thereAreSixMethodsEachUnderItsOwnName() {
    assertThat(methods())
        .containsExactlyInAnyOrder("clip", "slip", "albef", "vse", "simvlm", "uniter");
    assertThat(methods().map(name -> TinyPairs.of(name, Map.of()).compile().method()))
        .containsExactlyElementsOf(methods().toList());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodTrainsResumesAndExports(String method) {
    CompiledMethod compiled = TinyPairs.of(method, Map.of()).compile();
    TrainingRecipe recipe = compiled.recipe();
    try (Trainer trainer = TinyPairs.open(recipe, directory, false)) {
      assertThat(TinyPairs.train(trainer, recipe, 2)).hasSize(2).allMatch(this::isFinite);
    }
    try (Trainer trainer = TinyPairs.open(recipe, directory, true)) {
      assertThat(trainer.step()).isEqualTo(2);
      assertThat(TinyPairs.train(trainer, recipe, 4)).hasSize(2).allMatch(this::isFinite);
      assertThat(compiled.exporter().cuts().get(0)).isEqualTo("backbone");
      for (String cut : compiled.exporter().cuts()) {
        try (Model model = TinyPairs.exported(compiled, trainer.state(), cut)) {
          model
              .run(PairNoise.tensors(model.inputs(), 7))
              .forEach((name, value) -> assertThat(allFinite(value)).as(cut).isTrue());
        }
      }
    }
  }

  @Test
  void clipStartsAtThePapersTemperature() {
    assertThat(first("clip", Map.of(), "temperature/log_scale"))
        .isEqualTo((float) Math.log(1 / 0.07));
  }

  /** Even if it did at first: the very next update brings it back. */
  @Test
  void clipNeverScalesByMoreThanAHundred() {
    TrainingRecipe recipe = TinyPairs.of("clip", Map.of()).compile().recipe();
    Map<String, Tensor> cold = Map.of("temperature/log_scale", Tensor.scalar(Math.log(1000)));
    assertThat(TinyPairs.train(recipe, directory, 4, cold))
        .extracting(report -> Objects.requireNonNull(report.values().get("temperature")))
        .satisfies(first -> assertThat(first).isLessThan(0.0011), atIndex(0))
        .satisfies(next -> assertThat(next).isBetween(0.00999, 0.0102), atIndex(1));
  }

  @Test
  void sigLipStartsAtThePapersScaleAndBias() {
    Map<String, String> sigLip = Map.of("useSiglip", "true");
    assertThat(first("clip", sigLip, "temperature/log_scale")).isEqualTo((float) Math.log(10));
    assertThat(first("clip", sigLip, "temperature/bias")).isEqualTo(-10);
  }

  @Test
  void scaleAndBiasAreLearntAndKept() {
    TrainingRecipe recipe = TinyPairs.of("clip", Map.of("useSiglip", "true")).compile().recipe();
    Map<String, Float> trained = new TreeMap<>();
    try (Trainer trainer = TinyPairs.open(recipe, directory, false)) {
      TinyPairs.train(trainer, recipe, 2);
      for (String name : List.of("temperature/log_scale", "temperature/bias")) {
        trained.put(name, value(trainer.state(), name)[0]);
        assertThat(trained.get(name)).isNotEqualTo(value(TinyPairs.start(recipe), name)[0]);
      }
    }
    try (Trainer trainer = TinyPairs.open(recipe, directory, true)) {
      trained.forEach((name, kept) -> assertThat(value(trainer.state(), name)).contains(kept));
    }
  }

  @ParameterizedTest
  @CsvSource({"clip, image", "clip, text", "slip, image", "slip, text", "albef, image"})
  @CsvSource({"albef, text", "vse, image", "vse, text"})
  void embeddingsAreUnitVectors(String method, String cut) {
    CompiledMethod compiled = TinyPairs.of(method, Map.of()).compile();
    Map<String, Tensor> start = TinyPairs.start(compiled.recipe());
    float[] features = features(compiled, start, cut, 1);
    assertThat(features).hasSize(8 * TinyPairs.BATCH);
    for (int row = 0; row < TinyPairs.BATCH; row++) {
      int first = 8 * row;
      assertThat(IntStream.range(0, 8).mapToDouble(i -> Math.pow(features[first + i], 2)).sum())
          .isBetween(1 - 1e-5, 1 + 1e-5);
    }
    Tensor projector = Objects.requireNonNull(start.get(cut + "/projector/weight"));
    for (int i = 0; i < projector.elements(); i++) {
      projector.floats().put(i, 50 * projector.floats().get(i));
    }
    assertThat(features(compiled, start, cut, 1))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(features);
  }

  /** Half a cosine over 8 steps of which 4 are an epoch. */
  @ParameterizedTest
  @MethodSource("methods")
  void theLearningRateMovesWithEveryStep(String method) {
    ScheduledInput rate =
        TinyPairs.of(method, Map.of()).compile().recipe().controllers().stream()
            .filter(ScheduledInput.class::isInstance)
            .map(ScheduledInput.class::cast)
            .filter(input -> input.input().equals(TrainingProgram.LEARNING_RATE))
            .findFirst()
            .orElseThrow();
    assertThat(rate.schedule().at(0)).isEqualTo(1e-2);
    for (int step = 1; step <= 8; step++) {
      assertThat(rate.schedule().at(step)).isLessThan(rate.schedule().at(step - 1));
    }
  }

  /** Shorter than, equal to and longer than a batch of 5, and no multiple of it. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "7", "13"})
  void albefsQueueTakesAnyBatch(String length) {
    TrainingRecipe recipe = TinyPairs.of("albef", Map.of("queueSize", length)).compile().recipe();
    assertThat(TinyPairs.train(recipe, directory, 4)).hasSize(4).allMatch(this::isFinite);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTrainedBackboneKeepsItsValues(String method) {
    GivenValues given = new GivenValues(TinyPairs.smallCnn());
    TrainingRecipe recipe = TinyPairs.of(method, Map.of()).on(given).compile().recipe();
    assertThat(given.names()).isNotEmpty();
    Map<String, Tensor> start = TinyPairs.start(recipe);
    for (String name : given.names()) {
      assertThat(start)
          .as(name)
          .anySatisfy(
              (path, value) -> {
                assertThat(path).endsWith("image/" + name);
                assertThat(value.toFloats()).containsOnly(GivenValues.VALUE);
              });
    }
  }

  private static float[] features(
      CompiledMethod compiled, Map<String, Tensor> state, String cut, long seed) {
    try (Model model = TinyPairs.exported(compiled, state, cut)) {
      return value(model.run(PairNoise.tensors(model.inputs(), seed)), TrainingProgram.FEATURES);
    }
  }

  private static float first(String method, Map<String, String> options, String name) {
    return value(TinyPairs.start(TinyPairs.of(method, options).compile().recipe()), name)[0];
  }

  private static float[] value(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).toFloats();
  }

  private boolean isFinite(StepReport report) {
    return Double.isFinite(report.loss());
  }

  private static boolean allFinite(Tensor tensor) {
    float[] values = tensor.toFloats();
    return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
  }
}
