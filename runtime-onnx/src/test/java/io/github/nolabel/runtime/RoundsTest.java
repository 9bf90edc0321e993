package io.github.nolabel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose updates are taken by another trainer is the run that takes them itself. */
class RoundsTest {

  private static final ToyRun RUN = ToyRun.STANDARD;

  @TempDir Path directory;

  @Test
  void updatesTakenElsewhereAreThoseTakenHere() {
    List<Double> expected = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    try (Trainer straight = open("straight", false);
        Trainer driver = open("driver", false);
        Trainer worker = open("worker", false)) {
      straight.train(RUN.batches(), List.of(losses(expected)));
      TrainingSummary summary =
          driver.train(new ByOne(worker, 3, Map.of()), List.of(losses(losses)));
      assertThat(summary.complete()).isTrue();
      assertThat(losses).isEqualTo(expected).hasSize(20);
      requireSame(driver.state(), straight.state());
    }
  }

  /** Checkpoints are due after 5, 10, 15 and 20; rounds end after 4, 8, 12, 16 and 20. */
  @Test
  void checkpointsComeAtTheEndOfTheRoundInWhichTheyAreDue() {
    List<Long> at = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onCheckpoint(long step, Path checkpoint) {
            at.add(step);
          }
        };
    try (Trainer driver = open("driver", false);
        Trainer worker = open("worker", false)) {
      driver.train(new ByOne(worker, 4, Map.of()), List.of(listener));
    }
    assertThat(at).containsExactly(0L, 8L, 12L, 16L, 20L);
  }

  @Test
  void whatWorkersKeepApartComesBack() {
    Tensor queue = Tensor.of(new float[] {1, 2, 3}, 3);
    try (Trainer driver = open("driver", false);
        Trainer worker = open("worker", false)) {
      driver.train(new ByOne(worker, 5, Map.of("1/queue", queue)), List.of());
    }
    try (Trainer again = open("driver", true)) {
      Snapshot resumed = again.snapshot();
      assertThat(resumed.step()).isEqualTo(20);
      assertThat(resumed.apart()).containsOnlyKeys("1/queue");
      assertThat(ToyProgram.named(resumed.apart(), "1/queue").sameBits(queue)).isTrue();
    }
  }

  @Test
  void stateOfAnotherProgramIsRefused() {
    try (Trainer trainer = open("any", false)) {
      Snapshot before = trainer.snapshot();
      Snapshot other =
          new Snapshot(
              3,
              before.slots(),
              Map.of("w", Tensor.zeros(io.github.nolabel.api.ElementType.FLOAT, 2)));
      assertThatThrownBy(() -> trainer.restore(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'w'");
      requireSame(trainer.state(), before.state());
      assertThat(trainer.step()).isZero();
    }
  }

  private Trainer open(String name, boolean resume) {
    return TrainingRuntimeTest.runtime()
        .open(RUN.recipe(), RUN.settings(directory.resolve(name), resume));
  }

  private static TrainingListener losses(List<Double> seen) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        seen.add(report.loss());
      }
    };
  }

  private static void requireSame(Map<String, Tensor> state, Map<String, Tensor> expected) {
    assertThat(state.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(ToyProgram.named(state, name).sameBits(tensor)).as(name).isTrue());
  }

  /** One worker, which takes so many updates a round. */
  private record ByOne(Trainer worker, long updates, Map<String, Tensor> apart) implements Rounds {

    @Override
    public Round next(Snapshot from) {
      worker.restore(from);
      long count = Math.min(updates, RUN.steps() - from.step());
      try (BatchStream stream = RUN.batches().from(from.step())) {
        List<StepReport> reports = worker.advance(stream, count);
        return new Round(worker.snapshot(), reports, count * RUN.batchSize());
      }
    }
  }
}
