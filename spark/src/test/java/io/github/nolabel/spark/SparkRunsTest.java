package io.github.nolabel.spark;

import static io.github.nolabel.spark.QueueRun.MOCO;
import static io.github.nolabel.spark.QueueRun.MOVING;
import static io.github.nolabel.spark.QueueRun.STEPS;
import static io.github.nolabel.spark.QueueRun.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers in one process. */
class SparkRunsTest {

  private static final JavaSparkContext CONTEXT = LocalCluster.start();

  @TempDir static Path folder;

  private static Run calm;

  /** The run that others are compared with. */
  @BeforeAll
  static void undisturbed() {
    CONTEXT.setLogLevel("ERROR");
    calm = SparkRuns.pretrain(MOCO, folder.resolve("calm"), CONTEXT, MOVING);
  }

  @AfterAll
  static void stop() {
    CONTEXT.stop();
  }

  /**
   * DINO without batch statistics: no term of its loss crosses images, and the centre moves by a
   * mean. Plain gradient descent, so the mean of the weights is the step of the mean gradient. A
   * small rate is a large step here: nothing normalises the network's features, and the smaller
   * they are, the steeper is their direction.
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
            .set("optimizer.learningRate", 1e-4)
            .set("optimizer.batchScaling", "none")
            .set("optimizer.weightDecay", 0)
            .set("optimizer.weightDecayEnd", -1)
            .set("optimizer.clipNorm", 0)
            .set("run.threads", 1)
            .set("device.kernels", "onnxruntime");
    Steps one = new Steps();
    Steps two = new Steps();
    Runs.pretrain(plan, folder.resolve("one"), one);
    SparkRuns.pretrain(plan, folder.resolve("two"), CONTEXT, TWO, two);
    Map<String, Tensor> expected = state("one");
    Map<String, Tensor> actual = state("two");
    assertThat(two.losses).hasSize(one.losses.size()).isNotEmpty();
    for (int i = 0; i < one.losses.size(); i++) {
      assertThat(two.losses.get(i)).isCloseTo(one.losses.get(i), within(1e-5));
    }
    States.requireClose(actual, expected);
    assertThat(moved(expected)).as("how far weights have gone").isGreaterThan(1e-2);
  }

  /** How far the student's weights are from the teacher's, where they began. */
  private static double moved(Map<String, Tensor> state) {
    double most = 0;
    for (String name : state.keySet()) {
      Tensor teacher = state.get(name.replace("student/", "teacher/"));
      if (name.startsWith("student/") && teacher != null) {
        float[] here = Objects.requireNonNull(state.get(name)).toFloats();
        float[] there = teacher.toFloats();
        for (int i = 0; i < here.length; i++) {
          most = Math.max(most, Math.abs(here[i] - there[i]));
        }
      }
    }
    return most;
  }

  @Test
  void theFolderHoldsWhatThatOfOneMachineHolds() {
    assertThat(calm.isComplete()).isTrue();
    assertThat(calm.result().trained()).containsKey("accuracy");
    for (String file : List.of("run.json", "result.json", "metrics.jsonl", "backbone.onnx")) {
      assertThat(folder.resolve("calm").resolve(file)).isNotEmptyFile();
    }
    assertThat(lines("calm/metrics.jsonl"))
        .filteredOn(line -> line.contains("\"loss\""))
        .hasSize(STEPS);
  }

  /** Two images cannot be read; the sessions that wanted them are built anew. */
  @Test
  void tasksThatFailChangeNothing() {
    Steps failing =
        new Steps() {
          @Override
          public void onStep(StepReport report) {
            super.onStep(report);
            if (report.step() == 1) {
              Stripes.FAILURES.set(2);
            }
          }
        };
    SparkRuns.pretrain(MOCO, folder.resolve("failing"), CONTEXT, MOVING, failing);
    assertThat(Stripes.FAILURES.get()).as("failures not met").isZero();
    States.requireSame(state("failing"), state("calm"));
  }

  /** With a queue, and with outer momentum: both come back from the driver's checkpoint. */
  @Test
  void aStoppedRunGoesOnBitForBit() {
    Run stopped =
        SparkRuns.pretrain(MOCO, folder.resolve("stopped"), CONTEXT, MOVING, Steps.until(4));
    assertThat(stopped.isComplete()).isFalse();
    Run resumed = SparkRuns.resume(folder.resolve("stopped"), CONTEXT, MOVING);
    assertThat(resumed.isComplete()).isTrue();
    States.requireSame(state("stopped"), state("calm"));
  }

  @Test
  void aClusterOfAnotherSizeGoesOnAndSoDoesOneMachine() {
    Path run = folder.resolve("grown");
    SparkRuns.pretrain(MOCO, run, CONTEXT, TWO, Steps.until(3));
    Run grown = SparkRuns.resume(run, CONTEXT, TWO.withWorkers(3), Steps.until(5));
    assertThat(grown.isComplete()).isFalse();
    assertThat(Runs.resume(run).isComplete()).isTrue();
    assertThat(lines("grown/metrics.jsonl"))
        .filteredOn(line -> line.contains("\"loss\""))
        .hasSize(STEPS);
  }

  /** (1.5e-3 / 1e-3)^2 = 2.25 updates, then with half the rate 9, of which 4 are left. */
  @Test
  void roundsGrowAsTheLearningRateFalls() throws TimeoutException {
    RunPlan plan =
        MOCO.epochs(2)
            .set("optimizer.learningRate", 1e-3)
            .set("optimizer.batchScaling", "none")
            .set("schedule.warmupEpochs", 0)
            .set("schedule.kind", "step")
            .set("schedule.dropEvery", 4)
            .set("schedule.dropFactor", 0.5);
    List<String> jobs = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.add(start.properties().getProperty("spark.job.description", ""));
          }
        };
    CONTEXT.sc().addSparkListener(listener);
    SparkRuns.pretrain(plan, folder.resolve("growing"), CONTEXT, TWO.withQsr(1.5e-3));
    CONTEXT.sc().listenerBus().waitUntilEmpty();
    CONTEXT.sc().removeSparkListener(listener);
    assertThat(jobs.stream().filter(job -> job.contains("steps")).distinct())
        .containsExactly("nolabel: steps 1 to 2", "nolabel: steps 3 to 4", "nolabel: steps 5 to 8");
  }

  @Test
  void aBatchThatCannotBeDividedIsRefusedBeforeAnyWork() {
    Path run = folder.resolve("refused");
    assertThatThrownBy(() -> SparkRuns.pretrain(MOCO, run, CONTEXT, TWO.withWorkers(5)))
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
              () -> SparkRuns.pretrain(MOCO, folder.resolve("broken"), CONTEXT, TWO, failing))
          .isInstanceOf(NolabelException.class)
          .hasMessageContaining("The cluster could not take steps")
          .hasMessageContaining("the disk has failed");
    } finally {
      Stripes.FAILURES.set(0);
    }
  }

  private static Map<String, Tensor> state(String run) {
    return States.of(folder.resolve(run));
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
