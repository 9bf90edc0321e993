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

  LearningContract(TinyRun tiny) {
    this.tiny = tiny;
  }

  /** The first steps are left out: queues and teachers that start at random settle in them. */
  void lossFallsOnAFixedBatch() {
    RunSpec run = TinyRun.spec(6, FALLING);
    TrainingRecipe recipe = tiny.recipe(run);
    Noise same = new Noise(recipe.inputs(), List.of(6), TinyRun.PER_EPOCH, true);
    List<Double> losses = losses(recipe, run, same, "fixed");
    assertThat(losses).allMatch(Double::isFinite);
    assertThat(losses.get(FALLING - 1)).isLessThan(losses.get(5));
  }

  /**
   * Plain gradient descent on a fixed batch: after one short step the loss is lower than without
   * it, whatever else has moved meanwhile, such as queues and centres.
   */
  void aStepAgainstTheGradientLowersTheLoss() {
    assertThat(afterOneStep("1e-2")).isLessThan(afterOneStep("0"));
  }

  private double afterOneStep(String learningRate) {
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
    return losses(recipe, run, same, "sign-" + learningRate).get(1);
  }

  void anyBatchSizeWorks() {
    RunSpec run = TinyRun.spec(8, 6);
    TrainingRecipe recipe = tiny.recipe(run);
    Noise varied = TinyRun.batches(recipe, 2, 7, 3, 8, 13);
    assertThat(losses(recipe, run, varied, "varied")).hasSize(6).allMatch(Double::isFinite);
  }

  private List<Double> losses(TrainingRecipe recipe, RunSpec run, Noise batches, String name) {
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = tiny.open(recipe, run, name, false)) {
      trainer.train(
          batches,
          EveryStep.then(
              (StepReport report) -> {
                losses.add(report.loss());
                assertThat(report.values())
                    .as("step %d", report.step())
                    .allSatisfy((monitor, value) -> assertThat(value).as(monitor).isFinite());
              }));
    }
    return losses;
  }
}
