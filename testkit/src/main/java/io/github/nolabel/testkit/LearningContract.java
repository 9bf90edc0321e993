package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Losses and what does not matter for them. */
final class LearningContract {

  private static final int FALLING = 40;

  private final TinyRun tiny;
  private final Once<List<StepReport>> standing = new Once<>(() -> twoSteps("0"));

  LearningContract(TinyRun tiny) {
    this.tiny = tiny;
  }

  /** The first steps are left out: queues and teachers that start at random settle in them. */
  void lossFallsOnAFixedBatch() {
    RunSpec run = TinyRun.spec(6, FALLING);
    TrainingRecipe recipe = tiny.recipe(run);
    Noise same = new Noise(recipe.inputs(), List.of(6), TinyRun.PER_EPOCH, true);
    List<StepReport> reports = reports(recipe, run, same, "fixed");
    assertThat(reports.get(FALLING - 1).loss()).isLessThan(reports.get(5).loss());
  }

  /**
   * Plain gradient descent on a fixed batch: after one short step the loss is lower than without
   * it, whatever else has moved meanwhile, such as queues and centres.
   */
  void aStepAgainstTheGradientLowersTheLoss() {
    assertThat(twoSteps("1e-2").get(1).loss()).isLessThan(standing().get(1).loss());
  }

  /** Two steps on a fixed batch without any update of weights. */
  List<StepReport> standing() {
    return standing.get();
  }

  private List<StepReport> twoSteps(String learningRate) {
    RunSpec run =
        TinyRun.spec(
            6,
            2,
            Map.of(
                "algorithm", "sgd",
                "momentum", "0",
                "weightDecay", "0",
                "clipNorm", "1",
                "learningRate", learningRate));
    TrainingRecipe recipe = tiny.recipe(run);
    Noise same = new Noise(recipe.inputs(), List.of(6), TinyRun.PER_EPOCH, true);
    return reports(recipe, run, same, "sign-" + learningRate);
  }

  private List<StepReport> reports(TrainingRecipe recipe, RunSpec run, Noise batches, String name) {
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = tiny.open(recipe, run, name, false)) {
      trainer.train(batches, EveryStep.then(reports::add));
    }
    assertThat(reports).allSatisfy(LearningContract::requireFinite);
    return reports;
  }

  static void requireFinite(StepReport report) {
    assertThat(report.loss()).as("loss of step %d", report.step()).isFinite();
    assertThat(report.values())
        .as("step %d", report.step())
        .allSatisfy((monitor, value) -> assertThat(value).as(monitor).isFinite());
  }
}
