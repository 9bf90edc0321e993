package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two workers in one process. */
class SparkRunsTest {

  private static final SparkSettings TWO = SparkSettings.DEFAULTS.withWorkers(2);

  /** Queues of each worker, batch statistics, a teacher, moments: three epochs of four steps. */
  private static final RunPlan MOCO =
      RunPlan.of("moco-v2")
          .data("stripes:60")
          .backbone("small-cnn")
          .epochs(3)
          .batchSize(12)
          .imageSize(16)
          .set("backbone.width", 4)
          .set("backbone.stages", 2)
          .set("projectionDim", 8)
          .set("queueSize", 32)
          .set("run.threads", 1)
          .set("checkpoint.keep", 100);

  private static JavaSparkContext context = LocalCluster.start();

  @TempDir Path folder;

  @BeforeAll
  static void quiet() {
    context.setLogLevel("ERROR");
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  /**
   * DINO without batch statistics: no term of its loss crosses images, and the centre moves by a
   * mean. Plain gradient descent, so the mean of the weights is the step of the mean gradient.
   */
  @Test
  void twoWorkersWithOneStepARoundAreOneWithTheWholeBatch() {
    RunPlan plan =
        RunPlan.of("dino")
            .data("stripes:40")
            .backbone("plain-cnn")
            .epochs(1)
            .batchSize(8)
            .imageSize(16)
            .set("projectionDim", 16)
            .set("hiddenDim", 16)
            .set("bottleneckDim", 8)
            .set("numCrops", 0)
            .set("optimizer.algorithm", "sgd")
            .set("optimizer.momentum", 0)
            .set("optimizer.learningRate", 0.1)
            .set("optimizer.batchScaling", "none")
            .set("optimizer.weightDecay", 0)
            .set("optimizer.weightDecayEnd", -1)
            .set("optimizer.clipNorm", 0)
            .set("run.threads", 1)
            .set("device.kernels", "onnxruntime");
    Steps one = new Steps();
    Steps two = new Steps();
    Runs.pretrain(plan, folder.resolve("one"), one);
    SparkRuns.pretrain(plan, folder.resolve("two"), context, TWO, two);
    Map<String, Tensor> expected = state("one");
    Map<String, Tensor> actual = state("two");
    assertThat(two.losses).hasSize(one.losses.size()).isNotEmpty();
    for (int i = 0; i < one.losses.size(); i++) {
      assertThat(two.losses.get(i)).isCloseTo(one.losses.get(i), within(1e-5));
    }
    expected.forEach((name, tensor) -> requireClose(name, named(actual, name), tensor));
  }

  @Test
  void theFolderHoldsWhatThatOfOneMachineHolds() {
    Run run = SparkRuns.pretrain(MOCO, folder.resolve("run"), context, TWO.withLocalSteps(3, 2));
    assertThat(run.isComplete()).isTrue();
    assertThat(run.result().trained()).containsKey("accuracy");
    for (String file : List.of("run.json", "result.json", "metrics.jsonl", "backbone.onnx")) {
      assertThat(folder.resolve("run").resolve(file)).isNotEmptyFile();
    }
    assertThat(lines("run/metrics.jsonl")).filteredOn(line -> line.contains("\"loss\"")).hasSize(12);
  }

  /** Of either worker, in the middle of a round; the session is built anew. */
  @ParameterizedTest(name = "{0} failing reads, local steps {1}")
  @CsvSource({"1, 1", "1, 4", "2, 2"})
  void aTaskThatFailsChangesNothing(int failures, int localSteps) {
    SparkSettings settings = TWO.withLocalSteps(localSteps, 0);
    SparkRuns.pretrain(MOCO, folder.resolve("calm"), context, settings);
    SparkRuns.pretrain(
        MOCO,
        folder.resolve("failing"),
        context,
        settings,
        new Steps() {
          @Override
          public void onStep(StepReport report) {
            super.onStep(report);
            if (report.step() == 4) {
              Stripes.FAILURES.set(failures);
            }
          }
        });
    assertThat(Stripes.FAILURES.get()).as("failures not met").isZero();
    requireSame(state("failing"), state("calm"));
  }

  /** With a queue, and with outer momentum: both come back from the driver's checkpoint. */
  @Test
  void aStoppedRunGoesOnBitForBit() {
    SparkSettings settings = TWO.withLocalSteps(2, 1).withOuter(OuterUpdate.NESTEROV);
    SparkRuns.pretrain(MOCO, folder.resolve("straight"), context, settings);
    Steps stopping = new Steps();
    stopping.last = 6;
    Run stopped = SparkRuns.pretrain(MOCO, folder.resolve("stopped"), context, settings, stopping);
    assertThat(stopped.isComplete()).isFalse();
    Run resumed = SparkRuns.resume(folder.resolve("stopped"), context, settings);
    assertThat(resumed.isComplete()).isTrue();
    requireSame(state("stopped"), state("straight"));
  }

  @Test
  void aClusterOfAnotherSizeGoesOn() {
    Steps stopping = new Steps();
    stopping.last = 4;
    SparkRuns.pretrain(MOCO, folder.resolve("run"), context, TWO, stopping);
    assertThat(SparkRuns.resume(folder.resolve("run"), context, TWO.withWorkers(3)).isComplete())
        .isTrue();
  }

  @Test
  void aBatchThatCannotBeDividedIsRefusedBeforeAnyWork() {
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> SparkRuns.pretrain(MOCO, run, context, TWO.withWorkers(5)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("12 images cannot be divided evenly among 5 workers");
    assertThat(run.resolve("run.json")).doesNotExist();
  }

  @Test
  void aTaskThatAlwaysFailsEndsTheRunWithItsReason() {
    Steps failing =
        new Steps() {
          @Override
          public void onStep(StepReport report) {
            Stripes.FAILURES.set(100_000);
          }
        };
    try {
      assertThatThrownBy(
              () -> SparkRuns.pretrain(MOCO, folder.resolve("run"), context, TWO, failing))
          .isInstanceOf(NolabelException.class)
          .hasMessageContaining("The cluster could not take steps")
          .hasMessageContaining("the disk has failed");
    } finally {
      Stripes.FAILURES.set(0);
    }
  }

  private static void requireClose(String name, Tensor actual, Tensor expected) {
    float[] mine = actual.toFloats();
    float[] theirs = expected.toFloats();
    for (int i = 0; i < mine.length; i++) {
      assertThat(mine[i]).as("%s[%d]", name, i).isCloseTo(theirs[i], within(1e-5f));
    }
  }

  private static void requireSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> assertThat(named(actual, name).sameBits(tensor)).as(name).isTrue());
  }

  private Map<String, Tensor> state(String run) {
    try (TrainingRuntime runtime = TrainingRuntime.find()) {
      SavedState saved = runtime.saved(folder.resolve(run));
      return saved.state();
    }
  }

  private static Tensor named(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Notes the losses, and stops the run if asked to. */
  private static class Steps implements RunWatcher {
    final List<Double> losses = new ArrayList<>();
    long last = Long.MAX_VALUE;
    private Runnable stop = () -> {};

    @Override
    public void onStart(Runnable stop) {
      this.stop = stop;
    }

    @Override
    public void onStep(StepReport report) {
      losses.add(report.loss());
      if (report.step() >= last) {
        stop.run();
      }
    }
  }
}
