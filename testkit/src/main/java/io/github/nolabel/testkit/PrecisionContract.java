package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Mixed precision computes what float32 computes, and what does not fit into it is skipped. */
final class PrecisionContract {

  private static final int BATCH = 6;

  /** The scale begins at two to the sixteen and halves with every step that does not fit. */
  private static final long UNTIL_IT_FITS = 17;

  private static final float TOO_LARGE = Float.POSITIVE_INFINITY;

  private final TinyRun tiny;
  private final LearningContract float32;

  /**
   * @param float32 takes a step on the same batch
   */
  PrecisionContract(TinyRun tiny, LearningContract float32) {
    this.tiny = tiny;
    this.float32 = float32;
  }

  /** One batch again and again at nearly no learning rate: only the scale of the loss moves. */
  void itFollowsFloat32() {
    StepReport whole = float32.standing().get(0);
    StepReport mixed =
        steps().stream()
            .filter(report -> report.values().containsKey(TrainingProgram.GRADIENT_NORM))
            .findFirst()
            .orElseThrow();
    near(mixed.loss(), whole.loss());
    near(norm(mixed), norm(whole));
  }

  void aStepThatDoesNotFitLeavesTheStateAsItWas() {
    RunSpec run = spec(1);
    TrainingRecipe recipe = tiny.recipe(run);
    try (Trainer trainer = tiny.open(recipe, run, "too-large", false)) {
      var before = TinyRun.bits(trainer.state());
      trainer.train(new Enlarged(TinyRun.batches(recipe, BATCH), TOO_LARGE), List.of());
      assertThat(trainer.step()).isEqualTo(1);
      assertThat(TinyRun.bits(trainer.state())).isEqualTo(before);
    }
  }

  private List<StepReport> steps() {
    RunSpec run = spec(UNTIL_IT_FITS);
    TrainingRecipe recipe = RealHalves.in(tiny.recipe(run));
    BatchSource batches = new Noise(recipe.inputs(), List.of(BATCH), TinyRun.PER_EPOCH, true);
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = tiny.open(recipe, run, "mixed", false)) {
      trainer.train(batches, EveryStep.then(reports::add));
    }
    return reports;
  }

  private static RunSpec spec(long steps) {
    return TinyRun.spec(
        BATCH,
        steps,
        Map.of(
            "algorithm", "sgd",
            "learningRate", "1e-9",
            "mixedPrecision", "true"));
  }

  private static double norm(StepReport report) {
    return Objects.requireNonNull(report.values().get(TrainingProgram.GRADIENT_NORM));
  }

  private static void near(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(0.02 * Math.max(0.1, Math.abs(expected))));
  }
}
