package io.github.nolabel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

  @TempDir Path directory;

  private LoopFixture fixture;
  private final Watcher watcher = new Watcher();

  @BeforeEach
  void prepare() {
    fixture = new LoopFixture(directory);
  }

  @Test
  void checkpointsAreWrittenAtTheStartEveryEpochAndAtTheEnd() {
    TrainingSummary summary = fixture.loop().train(fixture.batches, List.of(watcher));
    assertThat(watcher.checkpoints).containsExactly(0L, 5L, 10L);
    assertThat(summary.checkpoint()).isEqualTo(fixture.store.pathOf(10)).isDirectory();
    assertThat(summary.complete()).isTrue();
    assertThat(watcher.ended).isEqualTo(1);
    assertThat(fixture.batches.open).isZero();
  }

  @Test
  void batchesAreCountedByMicroStepsAndApplyMarksTheLast() {
    fixture.accumulating(3).loop().train(fixture.batches, List.of());
    assertThat(fixture.executor.batches).hasSize(30).last().isEqualTo(29f);
    assertThat(fixture.executor.feeds.subList(0, 6))
        .extracting(feeds -> feeds.get(TrainingProgram.APPLY))
        .containsExactly(0.0, 0.0, 1.0, 0.0, 0.0, 1.0);
    assertThat(fixture.executor.feeds.subList(0, 6))
        .extracting(feeds -> feeds.get(TrainingProgram.LEARNING_RATE))
        .containsExactly(0.0, 0.0, 0.0, 0.1, 0.1, 0.1);
  }

  @Test
  void aResumedLoopStartsAtItsBatch() {
    TrainingLoop loop =
        fixture
            .accumulating(2)
            .loopWith(
                7,
                Map.of(),
                new io.github.nolabel.api.control.ScheduledInput(
                    TrainingProgram.LEARNING_RATE, step -> 1));
    loop.train(fixture.batches, List.of());
    assertThat(fixture.executor.batches).containsExactly(14f, 15f, 16f, 17f, 18f, 19f);
  }

  @Test
  void aReportAveragesTheLossAndNamesTheRest() {
    fixture.accumulating(2).loop().train(fixture.batches, List.of(watcher));
    StepReport second = watcher.reports.get(1);
    assertThat(second.step()).isEqualTo(2);
    assertThat(second.steps()).isEqualTo(10);
    assertThat(second.epoch()).isEqualTo(0.4);
    assertThat(second.loss()).isCloseTo((10.0 / 3 + 10.0 / 4) / 2, within(1e-12));
    assertThat(second.learningRate()).isEqualTo(0.1);
    assertThat(second.values()).containsExactly(Map.entry(TrainingProgram.GRADIENT_NORM, 2.0));
  }

  @Test
  void timeIsSplitIntoWaitingAndWorking() {
    // One second of waiting and three of work for every batch of four images.
    TrainingSummary summary = fixture.loop().train(fixture.batches, List.of(watcher));
    assertThat(summary.seconds()).isEqualTo(40);
    assertThat(summary.dataWaitShare()).isEqualTo(0.25);
    assertThat(summary.imagesPerSecond()).isEqualTo(1);
    assertThat(watcher.reports).extracting(StepReport::imagesPerSecond).containsOnly(1.0);
    assertThat(watcher.reports.get(3).secondsLeft()).isEqualTo(24);
    assertThat(watcher.reports.get(9).secondsLeft()).isZero();
  }

  @Test
  void aStopRequestEndsTheRunAfterTheWholeUpdateWithACheckpoint() {
    TrainingLoop loop = fixture.accumulating(3).loop();
    TrainingSummary summary =
        loop.train(
            fixture.batches,
            List.of(
                watcher,
                new TrainingListener() {
                  @Override
                  public void onStep(StepReport report) {
                    if (report.step() == 2) {
                      loop.requestStop();
                    }
                  }
                }));
    assertThat(summary.complete()).isFalse();
    assertThat(summary.step()).isEqualTo(2);
    assertThat(fixture.executor.batches).hasSize(6);
    assertThat(watcher.checkpoints).containsExactly(0L, 2L);
  }

  @Test
  void aStopRequestInTheMiddleOfAnUpdateWaitsForItsEnd() {
    TrainingLoop loop = fixture.accumulating(3).loop();
    fixture.executor.answer = outputs -> loop.requestStop();
    assertThat(loop.train(fixture.batches, List.of()).step()).isEqualTo(1);
    assertThat(fixture.executor.batches).hasSize(3);
  }

  @Test
  void aStoppedLoopGoesOnWhenAskedAgain() {
    TrainingLoop loop = fixture.loop();
    loop.requestStop();
    assertThat(loop.train(fixture.batches, List.of()).step()).isZero();
    assertThat(loop.train(fixture.batches, List.of()).step()).isEqualTo(10);
    assertThat(loop.train(fixture.batches, List.of()).complete()).isTrue();
    assertThat(fixture.executor.batches).hasSize(10);
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRunBeforeItsCheckpoint() {
    fixture.executor.answer =
        outputs -> {
          if (fixture.executor.feeds.size() == 7) {
            outputs.put(TrainingProgram.LOSS, Double.NaN);
          }
        };
    TrainingLoop loop = fixture.loop();
    assertThatThrownBy(() -> loop.train(fixture.batches, List.of(watcher)))
        .isInstanceOfSatisfying(
            TrainingDivergedException.class, e -> assertThat(e.step()).isEqualTo(7))
        .hasMessageContaining("step 7")
        .hasMessageContaining("loss NaN, gradient_norm 2.00000")
        .hasMessageContaining("step 6 had loss 1.66667")
        .hasMessageContaining(fixture.store.pathOf(5).toString())
        .hasMessageContaining("schedule.warmupSteps");
    assertThat(watcher.checkpoints).containsExactly(0L, 5L);
    assertThat(watcher.reports).hasSize(6);
    assertThat(watcher.ended).isEqualTo(1);
    assertThat(fixture.batches.open).isZero();
    assertThatThrownBy(() -> loop.train(fixture.batches, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("diverged");
  }

  @Test
  void theGraphsOwnVerdictStopsTheRunToo() {
    fixture.executor.answer = outputs -> outputs.put(TrainingProgram.FINITE, 0.0);
    assertThatThrownBy(() -> fixture.loop().train(fixture.batches, List.of(watcher)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith("Training cannot begin: at step 1 the loss or the gradient")
        .hasMessageContaining("no learning rate helps");
    assertThat(watcher.checkpoints).containsExactly(0L);
  }

  @Test
  void ofStateThatIsNotFiniteFromTheStartNoLearningRateIsBlamed() {
    fixture.executor.state.put("teacher", Tensor.of(new float[] {1, Float.NaN, 2}, 3));
    assertThatThrownBy(() -> fixture.loop().train(fixture.batches, List.of(watcher)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith(
            "Training cannot begin: the state tensor 'teacher' is not finite before anything was learnt, so no learning rate helps.");
    assertThat(watcher.checkpoints).isEmpty();
  }

  @Test
  void stateThatIsNotFiniteNeverReachesACheckpoint() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Watcher seen = new Watcher();
      LoopFixture poisoned = new LoopFixture(directory.resolve("run" + bad));
      poisoned.executor.answer =
          outputs -> poisoned.executor.state.put("teacher", Tensor.of(new float[] {1, bad, 2}, 3));
      assertThatThrownBy(() -> poisoned.loop().train(poisoned.batches, List.of(seen)))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("step 5")
          .hasMessageContaining("'teacher' is not finite");
      assertThat(seen.checkpoints).containsExactly(0L);
    }
  }

  @Test
  void stepsAreReportedOnceEach() {
    fixture.loop().train(fixture.batches, List.of(watcher));
    assertThat(watcher.reports)
        .extracting(StepReport::step)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
  }

  private static final class Watcher implements TrainingListener {
    private final List<StepReport> reports = new ArrayList<>();
    private final List<Long> checkpoints = new ArrayList<>();
    private int ended;

    @Override
    public void onStep(StepReport report) {
      reports.add(report);
    }

    @Override
    public void onCheckpoint(long step, Path checkpoint) {
      assertThat(checkpoint).isDirectory();
      checkpoints.add(step);
    }

    @Override
    public void onEnd() {
      ended++;
    }
  }
}
