package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers whose losses compare the images of all. */
class JointRunsTest {

  private static final int BATCH = 8;
  private static final JavaSparkContext CONTEXT = LocalCluster.start();
  private static final RunPlan JOINT =
      plan("simclr").batchSize(BATCH).set("optimizer.jointBatch", true);
  private static final SparkSettings TWO = SparkSettings.DEFAULTS.withWorkers(2);

  @TempDir Path folder;

  @BeforeAll
  static void calm() {
    CONTEXT.setLogLevel("ERROR");
  }

  @AfterAll
  static void stop() {
    CONTEXT.stop();
  }

  /** Contrast within the batch, and with a queue; with momentum. */
  @ParameterizedTest
  @ValueSource(strings = {"simclr", "moco-v2"})
  void twoWorkersAreOneWithTheWholeBatch(String method) {
    Steps one = new Steps();
    Steps two = new Steps();
    Runs.pretrain(plan(method).batchSize(2 * BATCH), folder.resolve("one"), one);
    RunPlan joint =
        plan(method)
            .batchSize(BATCH)
            .set("optimizer.accumulate", 2)
            .set("optimizer.jointBatch", true);
    SparkRuns.pretrain(joint, folder.resolve("two"), CONTEXT, TWO, two);
    assertThat(two.losses).hasSize(one.losses.size()).hasSize(6);
    for (int i = 0; i < one.losses.size(); i++) {
      assertThat(two.losses.get(i)).as("step %d", i + 1).isCloseTo(one.losses.get(i), within(1e-5));
    }
  }

  @Test
  void tasksThatFailChangeNothing() {
    SparkRuns.pretrain(JOINT, folder.resolve("calm"), CONTEXT, TWO);
    Steps failing =
        new Steps() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == 2) {
              Stripes.FAILURES.set(2);
            }
          }
        };
    SparkRuns.pretrain(JOINT, folder.resolve("failing"), CONTEXT, TWO, failing);
    assertThat(Stripes.FAILURES.get()).as("failures not met").isZero();
    States.requireSame(States.of(folder.resolve("failing")), States.of(folder.resolve("calm")));
  }

  @Test
  void oneMachineGoesOnWhereTwoWorkersStopped() {
    SparkRuns.pretrain(JOINT, folder.resolve("straight"), CONTEXT, TWO);
    SparkRuns.pretrain(JOINT, folder.resolve("stopped"), CONTEXT, TWO, Steps.until(3));
    assertThat(Runs.resume(folder.resolve("stopped")).isComplete()).isTrue();
    States.requireClose(
        States.of(folder.resolve("stopped")), States.of(folder.resolve("straight")));
  }

  @Test
  void stepsOfItsOwnAreRefusedForAWorkerOfAJointBatch() {
    assertThatThrownBy(
            () ->
                SparkRuns.pretrain(
                    JOINT, folder.resolve("refused"), CONTEXT, TWO.withLocalSteps(5, 0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("localSteps must be 1");
    assertThat(folder.resolve("refused/run.json")).doesNotExist();
  }

  private static RunPlan plan(String method) {
    RunPlan plan =
        method.equals("simclr")
            ? RunPlan.of(method).set("projectionBatchNorm", false)
            : RunPlan.of(method);
    return plan.data("stripes:56")
        .backbone("plain-cnn")
        .epochs(2)
        .imageSize(16)
        .set("projectionDim", 8)
        .set("run.threads", 1)
        .set("optimizer.algorithm", "sgd")
        .set("optimizer.learningRate", 1e-2)
        .set("optimizer.batchScaling", "none")
        .set("schedule.warmupSteps", 0)
        .set("schedule.warmupEpochs", 0)
        .set("device.kernels", "onnxruntime");
  }
}
