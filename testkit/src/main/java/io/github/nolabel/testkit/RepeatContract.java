package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRecipe;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** The same run always ends in the same bits. */
final class RepeatContract {

  private static final int BATCH = 5;
  private static final long STEPS = 9;

  private final TinyRun tiny;
  private final RunSpec run;

  /**
   * @param accumulate batches that make one update
   */
  RepeatContract(TinyRun tiny, int accumulate) {
    this.tiny = tiny;
    this.run =
        TinyRun.spec(
            BATCH,
            STEPS,
            Map.of(
                "learningRate", "3e-3",
                "clipNorm", "3",
                "accumulate", Integer.toString(accumulate)));
  }

  /** One run takes place in the middle of the other, which is evaluated on the way besides. */
  void runsInOneProcessDoNotTouchEachOther() {
    Set<String> models = tiny.recipe(run).program().evaluations().keySet();
    try (Trainer outer = open("outer", false);
        Trainer inner = open("inner", false)) {
      train(
          outer,
          step -> {
            if (step == 4) {
              train(inner, ignored -> {});
            }
            models.forEach(name -> evaluate(outer, name, step));
          });
      assertThat(bits(outer)).isEqualTo(bits(inner));
    }
  }

  private static void evaluate(Trainer trainer, String name, long seed) {
    Model model = trainer.model(name);
    model.run(Noise.like(model.inputs(), 3, seed));
  }

  void stoppedAndResumedEqualsUninterrupted() {
    stopAfterFive();
    try (Trainer straight = open("straight", false);
        Trainer resumed = open("stopped", true)) {
      assertThat(resumed.step()).isEqualTo(5);
      train(straight, ignored -> {});
      train(resumed, ignored -> {});
      assertThat(bits(resumed)).isEqualTo(bits(straight));
    }
  }

  /**
   * A snapshot after three updates is put back after six, and into a session that has just begun.
   */
  void leftAndComeBackEqualsNeverLeft() {
    try (Trainer here = open("left", false);
        Trainer there = open("elsewhere", false)) {
      advance(here, 3);
      Snapshot left = here.snapshot();
      advance(here, 3);
      Map<String, ByteBuffer> straight = bits(here);
      here.restore(left);
      assertThat(here.step()).isEqualTo(3);
      advance(here, 3);
      assertThat(bits(here)).isEqualTo(straight);
      there.restore(left);
      advance(there, 3);
      assertThat(bits(there)).isEqualTo(straight);
      assertThat(there.snapshot().slots()).isEqualTo(here.snapshot().slots());
    }
  }

  private void advance(Trainer trainer, int updates) {
    Noise batches = TinyRun.batches(tiny.recipe(run), BATCH);
    try (BatchStream stream = batches.from(trainer.step() * run.optimizer().accumulate())) {
      trainer.advance(stream, updates);
    }
  }

  private void stopAfterFive() {
    try (Trainer trainer = open("stopped", false)) {
      train(
          trainer,
          step -> {
            if (step == 5) {
              trainer.requestStop();
            }
          });
      assertThat(trainer.step()).isEqualTo(5);
    }
  }

  private Trainer open(String name, boolean resume) {
    return tiny.open(tiny.recipe(run), run, name + run.optimizer().accumulate(), resume);
  }

  private void train(Trainer trainer, LongConsumer afterStep) {
    TrainingRecipe recipe = tiny.recipe(run);
    trainer.train(
        TinyRun.batches(recipe, BATCH),
        List.of(new EveryStep(report -> afterStep.accept(report.step()))));
  }

  private static Map<String, ByteBuffer> bits(Trainer trainer) {
    return TinyRun.bits(trainer.state());
  }
}
