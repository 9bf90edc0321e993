package io.github.nolabel.methods.vision.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.method.Methods;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run must keep between its steps, and what must leave it alone. */
class StateDefectsTest {

  @TempDir Path directory;

  static Stream<String> methods() {
    return Methods.all().all().stream().map(NamedService::name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "lars"})
  void momentumOfTheOptimizerIsState(String algorithm) {
    TinyRun run = new TinyRun("simclr", Map.of(), Map.of("algorithm", algorithm), directory);
    for (String name : run.trained()) {
      assertThat(run.start()).containsKey("optimizer/momentum/" + name);
    }
  }

  /** Half a cosine over the 8 updates. */
  @Test
  void theLearningRateFollowsAScheduleByDefault() {
    Stream<Double> rates =
        new TinyRun("simclr", Map.of(), directory)
            .recipe().controllers().stream()
                .filter(ScheduledInput.class::isInstance)
                .map(ScheduledInput.class::cast)
                .filter(input -> input.input().equals(TrainingProgram.LEARNING_RATE))
                .flatMap(input -> Stream.of(0, 4, 8).map(step -> input.schedule().at(step)));
    assertThat(rates.mapToDouble(rate -> rate).toArray())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(0.01, 0.005, 0);
  }

  /** Moments, teachers, queues with their cursors, and centres come back from a checkpoint. */
  @ParameterizedTest
  @MethodSource("methods")
  void stoppedAndResumedEqualsUninterrupted(String method) {
    resumedEqualsUninterrupted(new TinyRun(method, Map.of(), directory), DeviceConfig.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"kernels, onednn", "kernels, onnxruntime", "precision, bf16"})
  void soItDoesWithWhateverKernelsAndPrecision(String option, String value) {
    DeviceConfig device = DeviceConfig.DEFAULTS.with(option, value);
    TinyRun run = new TinyRun("byol", Map.of(), directory);
    assumeTrue(canBeHad(run, device), "this machine has " + value);
    resumedEqualsUninterrupted(run, device);
  }

  private static boolean canBeHad(TinyRun run, DeviceConfig device) {
    try (Trainer trainer = run.open(run.recipe(), "probe", false, device)) {
      return trainer.step() == 0;
    } catch (UserMistake mistake) {
      return false;
    }
  }

  private static void resumedEqualsUninterrupted(TinyRun run, DeviceConfig device) {
    try (Trainer straight = run.open(run.recipe(), "straight", false, device);
        Trainer first = run.open(run.recipe(), "stopped", false, device)) {
      run.train(straight, 8, Map.of());
      run.train(first, 3, Map.of());
      try (Trainer second = run.open(run.recipe(), "stopped", true, device)) {
        assertThat(second.step()).isEqualTo(3);
        run.train(second, 8, Map.of());
        assertThat(bits(second)).isEqualTo(bits(straight));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void evaluationLeavesTheStateUntouched(String method) {
    TinyRun run = new TinyRun(method, Map.of(), directory);
    try (Trainer trainer = run.open("run", false);
        Embedder embedder = trainer.embedder()) {
      run.train(trainer, 1, Map.of());
      Map<String, ByteBuffer> before = bits(trainer);
      Tensor images = Tensor.of(new float[3 * 16 * 16], 1, 3, 16, 16);
      float[] features = embedder.embed(images).toFloats();
      assertThat(embedder.embed(images).toFloats()).containsExactly(features);
      assertThat(bits(trainer)).isEqualTo(before);
    }
  }

  private static Map<String, ByteBuffer> bits(Trainer trainer) {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    trainer.state().forEach((name, tensor) -> bits.put(name, tensor.bytes()));
    return bits;
  }
}
