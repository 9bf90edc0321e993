package io.github.nolabel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.Slot;
import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N steps straight equal k steps, a new process, and N - k steps: losses and state, every bit. */
class ResumeTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "stopped after {0} of 20 steps, {1} batches per update")
  @CsvSource({"1, 1", "5, 1", "7, 1", "7, 3", "19, 2", "20, 1"})
  void aResumedRunEqualsAnUninterruptedOne(long stopAfter, int accumulate) {
    ToyRun run = ToyRun.STANDARD.accumulating(accumulate);
    Recording straight = new Recording(Long.MAX_VALUE);
    Map<String, Tensor> expected = train(run, directory.resolve("straight"), false, straight);

    Recording interrupted = new Recording(stopAfter);
    train(run, directory.resolve("resumed"), false, interrupted);
    Map<String, Tensor> resumed = train(run, directory.resolve("resumed"), true, interrupted);

    assertThat(interrupted.losses).isEqualTo(straight.losses).hasSize(20);
    assertThat(resumed.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(ToyProgram.named(resumed, name).sameBits(tensor)).as(name).isTrue());
  }

  static Map<String, Tensor> train(
      ToyRun run, Path directory, boolean resume, Recording recording) {
    try (Trainer trainer =
        TrainingRuntimeTest.runtime()
            .open(run.recipe(new AdaptiveRate()), run.settings(directory, resume))) {
      recording.trainer = Optional.of(trainer);
      trainer.train(run.batches(), List.of(recording));
      return trainer.state();
    }
  }

  /** Feeds a learning rate that depends on all losses so far: what it remembers must survive. */
  private record AdaptiveRate() implements Controller {

    @Override
    public List<Slot> slots() {
      return List.of(new Slot("smoothed", 1));
    }

    @Override
    public void beforeStep(StepScope scope) {
      double peak = Schedule.cosine(0.05, 0.01, 20).at(scope.step());
      scope.feed(TrainingProgram.LEARNING_RATE, peak * scope.slot("smoothed"));
    }

    @Override
    public void afterStep(StepScope scope) {
      double loss = scope.output(TrainingProgram.LOSS);
      scope.slot("smoothed", 0.7 * scope.slot("smoothed") + 0.3 * loss);
    }
  }

  private static final class Recording implements TrainingListener {
    private final long stopAfter;
    private final List<Double> losses = new ArrayList<>();
    private Optional<Trainer> trainer = Optional.empty();

    Recording(long stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void onStep(StepReport report) {
      losses.add(report.loss());
      if (report.step() == stopAfter) {
        trainer.orElseThrow().requestStop();
      }
    }
  }
}
