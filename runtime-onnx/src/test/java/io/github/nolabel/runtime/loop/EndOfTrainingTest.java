package io.github.nolabel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.LoadingInterruptedException;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How training ends when a listener throws or somebody interrupts the thread. */
class EndOfTrainingTest {

  @TempDir Path directory;

  private LoopFixture fixture;
  private final List<String> ended = new ArrayList<>();

  @BeforeEach
  void prepare() {
    fixture = new LoopFixture(directory);
  }

  @AfterEach
  void lowerTheFlag() {
    Thread.interrupted();
  }

  @Test
  void aListenerThatThrowsAtTheEndKeepsNoOtherFromHearingOfIt() {
    Throwable thrown =
        catchThrowable(
            () ->
                fixture
                    .loop()
                    .train(fixture.batches, List.of(new Failing("first"), new Failing("second"))));
    assertThat(thrown).hasMessage("first at the end");
    assertThat(thrown.getSuppressed())
        .singleElement()
        .extracting("message")
        .isEqualTo("second at the end");
    assertThat(ended).containsExactly("first", "second");
  }

  @Test
  void whatWentWrongFirstStaysTheCause() {
    TrainingListener first =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            throw new IllegalStateException("disk full");
          }
        };
    Throwable thrown =
        catchThrowable(
            () -> fixture.loop().train(fixture.batches, List.of(first, new Failing("second"))));
    assertThat(thrown).hasMessage("disk full");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(ended).containsExactly("second");
    assertThat(fixture.batches.open).isZero();
  }

  @Test
  void anInterruptionDuringAStepIsARequestToStop() {
    fixture.executor.answer =
        outputs -> {
          if (fixture.executor.feeds.size() == 3) {
            Thread.currentThread().interrupt();
          }
        };
    assertStoppedAt(3, fixture.batches);
  }

  @Test
  void anInterruptionWhileWaitingForABatchLetsTheUpdateEnd() {
    assertStoppedAt(1, new InterruptedOnce());
  }

  @Test
  void anInterruptionWhileListenersWorkIsARequestToStopToo() {
    assertStoppedAt(
        1,
        fixture.batches,
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void aThreadInterruptedBeforehandLeavesItsFirstCheckpoint() {
    Thread.currentThread().interrupt();
    assertStoppedAt(0, fixture.batches);
  }

  private void assertStoppedAt(long step, BatchSource batches, TrainingListener... listeners) {
    TrainingLoop loop = fixture.loop();
    TrainingSummary summary = loop.train(batches, List.of(listeners));
    assertThat(Thread.interrupted()).as("the thread's flag afterwards").isTrue();
    assertThat(summary.step()).isEqualTo(step);
    assertThat(summary.complete()).isFalse();
    assertThat(summary.checkpoint()).isEqualTo(fixture.store.pathOf(step)).isDirectory();
    fixture.executor.answer = outputs -> {};
    assertThat(loop.train(fixture.batches, List.of()).complete()).as("goes on when asked").isTrue();
  }

  private final class Failing implements TrainingListener {

    private final String name;

    Failing(String name) {
      this.name = name;
    }

    @Override
    public void onEnd() {
      ended.add(name);
      throw new IllegalStateException(name + " at the end");
    }
  }

  /** Waiting for the first batch is interrupted, as a stream of loader threads tells it. */
  private final class InterruptedOnce implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return fixture.batches.batchesPerEpoch();
    }

    @Override
    public BatchStream from(long firstBatch) {
      BatchStream calm = fixture.batches.from(firstBatch);
      return new BatchStream() {
        private boolean interrupted;

        @Override
        public Batch next() {
          if (!interrupted) {
            interrupted = true;
            Thread.currentThread().interrupt();
            throw new LoadingInterruptedException(new InterruptedException());
          }
          return calm.next();
        }

        @Override
        public void close() {
          calm.close();
        }
      };
    }
  }
}
