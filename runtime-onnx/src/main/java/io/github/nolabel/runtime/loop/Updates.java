package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.UnsavedRun;
import io.github.nolabel.runtime.session.StepExecutor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes one update after another, and knows where the run stands. */
final class Updates {

  private final StepExecutor executor;
  private final TrainingProgram program;
  private final RunSpec run;
  private final DivergenceGuard guard;
  private final ControllerChain controllers;
  private long step;
  private double lastLoss;

  Updates(
      StepExecutor executor,
      TrainingRecipe recipe,
      RunSpec run,
      DivergenceGuard guard,
      SavedRun start) {
    this.executor = executor;
    this.program = recipe.program();
    this.run = run;
    this.guard = guard;
    this.controllers = new ControllerChain(recipe.controllers(), start.slots());
    this.step = start.step();
  }

  /** Updates done in the whole run. */
  long step() {
    return step;
  }

  /**
   * @param apart what others want to be kept with it
   */
  Snapshot snapshot(Map<String, Tensor> apart) {
    return new Snapshot(step, controllers.slots(), executor.state(), apart);
  }

  /** The same without copies; to be written down before the next update. */
  UnsavedRun unsaved(Map<String, Tensor> apart) {
    return new UnsavedRun(step, controllers.slots(), guard.checked(step, executor.source()), apart);
  }

  void restore(Snapshot snapshot) {
    executor.restore(snapshot.state());
    controllers.restore(snapshot.slots());
    step = snapshot.step();
  }

  /** One update of as many batches as it takes. */
  StepReport take(Supplier<Batch> batches, Pace pace) {
    int microSteps = run.optimizer().accumulate();
    double losses = 0;
    double learningRate = Double.NaN;
    Map<String, Double> outputs = Map.of();
    for (int micro = 0; micro < microSteps; micro++) {
      Batch batch = pace.waitFor(batches);
      MicroStep taken = microStep(batch, micro, micro == microSteps - 1);
      pace.addImages(batch.size());
      outputs = taken.outputs();
      losses += loss(outputs);
      learningRate = taken.feeds().getOrDefault(TrainingProgram.LEARNING_RATE, Double.NaN);
    }
    step++;
    pace.addUpdate();
    return report(losses / microSteps, learningRate, outputs, pace);
  }

  /** The loss; of a skipped step whose loss is no number, the last one that was. */
  private double loss(Map<String, Double> outputs) {
    double loss = outputs.getOrDefault(TrainingProgram.LOSS, Double.NaN);
    lastLoss = skipped(outputs) && !Double.isFinite(loss) ? lastLoss : loss;
    return lastLoss;
  }

  private static boolean skipped(Map<String, Double> outputs) {
    return outputs.getOrDefault(TrainingProgram.SKIPPED, 0.0) != 0;
  }

  private MicroStep microStep(Batch batch, int micro, boolean last) {
    StepContext scope =
        new StepContext(step, micro, batch.size(), fedByControllers(batch), controllers.slots());
    try {
      controllers.beforeStep(scope);
      Map<String, Double> feeds = new LinkedHashMap<>(scope.feeds());
      feeds.put(TrainingProgram.APPLY, last ? 1.0 : 0.0);
      Map<String, Double> outputs = executor.step(batch, feeds);
      guard.checkOutputs(step + 1, outputs);
      scope.ran(outputs);
      controllers.afterStep(scope);
      return new MicroStep(feeds, outputs);
    } finally {
      scope.end();
    }
  }

  private Set<String> fedByControllers(Batch batch) {
    return program.training().inputs().stream()
        .filter(input -> input.shape().rank() == 0)
        .map(TensorSpec::name)
        .filter(name -> !name.equals(TrainingProgram.APPLY))
        .filter(name -> !batch.tensors().containsKey(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private StepReport report(
      double loss, double learningRate, Map<String, Double> outputs, Pace pace) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (TensorSpec output : program.training().outputs()) {
      if (output.type() == ElementType.FLOAT && !output.name().equals(TrainingProgram.LOSS)) {
        double value = outputs.getOrDefault(output.name(), Double.NaN);
        if (Double.isFinite(value) || !skipped(outputs)) {
          values.put(output.name(), value);
        }
      }
    }
    return new StepReport(
        step,
        run.steps(),
        (double) step / run.stepsPerEpoch(),
        loss,
        learningRate,
        pace.recentImagesPerSecond(),
        pace.dataWaitShare(),
        pace.secondsFor(run.steps() - step),
        values);
  }

  private record MicroStep(Map<String, Double> feeds, Map<String, Double> outputs) {}
}
