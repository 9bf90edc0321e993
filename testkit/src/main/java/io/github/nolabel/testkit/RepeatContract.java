package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRecipe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The same run always ends in the same bits, whatever sizes its batches have. */
final class RepeatContract {

  private static final Integer[] SIZES = {2, 7, 3, 8, 13};
  private static final long STEPS = 9;

  private final TinyRun tiny;
  private final RunSpec run;
  private final Once<Map<String, ByteBuffer>> straight = new Once<>(this::straight);
  private final Once<Pair> pair = new Once<>(this::oneInsideTheOther);

  /**
   * @param accumulate batches that make one update
   */
  RepeatContract(TinyRun tiny, int accumulate) {
    this.tiny = tiny;
    this.run =
        TinyRun.spec(
            8,
            STEPS,
            Map.of(
                "learningRate", "3e-3",
                "clipNorm", "3",
                "accumulate", Integer.toString(accumulate)));
  }

  void anyBatchSizeWorks() {
    assertThat(pair.get().reports())
        .hasSize((int) STEPS)
        .allSatisfy(LearningContract::requireFinite);
  }

  void runsInOneProcessDoNotTouchEachOther() {
    assertThat(pair.get().outer()).isEqualTo(pair.get().inner());
  }

  void stoppedAndResumedEqualsUninterrupted() {
    stopAfterFive();
    try (Opened resumed = open("stopped", true)) {
      assertThat(resumed.trainer().step()).isEqualTo(5);
      resumed.train(ignored -> {});
      assertThat(resumed.bits()).isEqualTo(uninterrupted());
    }
  }

  /**
   * A snapshot after three updates is put back after six, and into a session that has just begun.
   */
  void leftAndComeBackEqualsNeverLeft() {
    try (Opened here = open("left", false);
        Opened there = open("elsewhere", false)) {
      advance(here, 3);
      Snapshot left = here.trainer().snapshot();
      advance(here, 3);
      Map<String, ByteBuffer> straight = here.bits();
      here.trainer().restore(left);
      assertThat(here.trainer().step()).isEqualTo(3);
      advance(here, 3);
      assertThat(here.bits()).isEqualTo(straight);
      there.trainer().restore(left);
      advance(there, 3);
      assertThat(there.bits()).isEqualTo(straight);
      assertThat(there.trainer().snapshot().slots()).isEqualTo(here.trainer().snapshot().slots());
    }
  }

  private void advance(Opened opened, int updates) {
    Noise batches = TinyRun.batches(opened.recipe(), SIZES);
    long from = opened.trainer().step() * run.optimizer().accumulate();
    try (BatchStream stream = batches.from(from)) {
      opened.trainer().advance(stream, updates);
    }
  }

  private void stopAfterFive() {
    try (Opened opened = open("stopped", false)) {
      opened.train(
          report -> {
            if (report.step() == 5) {
              opened.trainer().requestStop();
            }
          });
      assertThat(opened.trainer().step()).isEqualTo(5);
    }
  }

  /** The other tests' run where there is one. */
  private Map<String, ByteBuffer> uninterrupted() {
    return run.optimizer().accumulate() == 1 ? pair.get().inner() : straight.get();
  }

  private Map<String, ByteBuffer> straight() {
    try (Opened opened = open("straight", false)) {
      opened.train(ignored -> {});
      return opened.bits();
    }
  }

  /** One run takes place in the middle of the other, which is evaluated on the way besides. */
  private Pair oneInsideTheOther() {
    List<StepReport> reports = new ArrayList<>();
    try (Opened outer = open("outer", false);
        Opened inner = open("inner", false)) {
      outer.train(
          report -> {
            reports.add(report);
            if (report.step() == 4) {
              inner.train(ignored -> {});
            }
            outer.evaluate(report.step());
          });
      return new Pair(reports, outer.bits(), inner.bits());
    }
  }

  /** Each is compiled anew, as it would be in another process. */
  private Opened open(String name, boolean resume) {
    TrainingRecipe recipe = tiny.recipe(run);
    String folder = name + run.optimizer().accumulate();
    return new Opened(recipe, tiny.open(recipe, run, folder, resume));
  }

  /**
   * @param reports of the outer run
   */
  private record Pair(
      List<StepReport> reports, Map<String, ByteBuffer> outer, Map<String, ByteBuffer> inner) {}

  private record Opened(TrainingRecipe recipe, Trainer trainer) implements AutoCloseable {

    void train(Consumer<StepReport> then) {
      trainer.train(TinyRun.batches(recipe, SIZES), EveryStep.then(then));
    }

    void evaluate(long seed) {
      for (String name : recipe.program().evaluations().keySet()) {
        Model model = trainer.model(name);
        model.run(Noise.like(model.inputs(), 3, seed));
      }
    }

    Map<String, ByteBuffer> bits() {
      return TinyRun.bits(trainer.state());
    }

    @Override
    public void close() {
      trainer.close();
    }
  }
}
