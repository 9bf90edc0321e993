package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runtime.checkpoint.CheckpointStore;
import io.github.nolabel.runtime.checkpoint.Snapshot;
import io.github.nolabel.runtime.session.StepExecutor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Runs updates until the last one, or until asked to stop. */
public final class TrainingLoop {

  private final StepExecutor executor;
  private final TrainingProgram program;
  private final RunSpec run;
  private final CheckpointConfig checkpoints;
  private final CheckpointStore store;
  private final LongSupplier nanoTime;
  private final ControllerChain controllers;
  private final DivergenceGuard guard;
  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private final Interruption interruption = new Interruption();
  private long step;
  private double lastLoss;

  /**
   * @param step updates already done
   * @param slots what controllers remembered then
   */
  public TrainingLoop(
      StepExecutor executor,
      TrainingRecipe recipe,
      RunSpec run,
      CheckpointConfig checkpoints,
      CheckpointStore store,
      long step,
      Map<String, Double> slots,
      LongSupplier nanoTime) {
    this.executor = executor;
    this.program = recipe.program();
    this.run = run;
    this.checkpoints = checkpoints;
    this.store = store;
    this.step = step;
    this.nanoTime = nanoTime;
    this.controllers = new ControllerChain(recipe.controllers(), slots);
    this.guard = new DivergenceGuard(store::newest);
  }

  /** Updates done in the whole run. */
  public long step() {
    return step;
  }

  /** Asks {@link #train} to end after the running update. Callable from any thread. */
  public void requestStop() {
    stopRequested.set(true);
  }

  /** See {@link io.github.nolabel.api.train.Trainer#train}. */
  public TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners) {
    if (guard.hasDiverged()) {
      throw new IllegalStateException("this run has diverged; open a new trainer to resume it");
    }
    Pace pace = new Pace(nanoTime);
    Listeners watching = new Listeners(listeners);
    try {
      return watching.during(() -> train(batches, watching, pace));
    } finally {
      stopRequested.set(false);
      interruption.restore();
    }
  }

  private TrainingSummary train(BatchSource batches, Listeners listeners, Pace pace) {
    try {
      commitIfMissing(listeners);
      double loss = runUpdates(batches, listeners, pace);
      Path last = commitIfMissing(listeners);
      return new TrainingSummary(
          step,
          step >= run.steps(),
          loss,
          pace.imagesPerSecond(),
          pace.dataWaitShare(),
          pace.seconds(),
          last);
    } finally {
      executor.releaseBatches();
    }
  }

  private double runUpdates(BatchSource batches, Listeners listeners, Pace pace) {
    double loss = Double.NaN;
    if (step >= run.steps() || mustStop()) {
      return loss;
    }
    try (BatchStream stream = batches.from(step * run.optimizer().accumulate())) {
      while (step < run.steps() && !mustStop()) {
        StepReport report = update(stream, pace);
        loss = report.loss();
        interruption.seen();
        listeners.onStep(report);
        if (checkpoints.isDue(step, run.stepsPerEpoch())) {
          commitIfMissing(listeners);
        }
      }
    }
    return loss;
  }

  private boolean mustStop() {
    return stopRequested.get() || interruption.seen();
  }

  private StepReport update(BatchStream stream, Pace pace) {
    int microSteps = run.optimizer().accumulate();
    double losses = 0;
    double learningRate = Double.NaN;
    Map<String, Double> outputs = Map.of();
    for (int micro = 0; micro < microSteps; micro++) {
      Batch batch = pace.waitFor(() -> interruption.outlast(stream::next));
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

  /** Leaves the newest checkpoint at the present step. */
  private Path commitIfMissing(Listeners listeners) {
    Path present = store.pathOf(step);
    if (store.newest().filter(present::equals).isPresent()) {
      return present;
    }
    Snapshot snapshot = new Snapshot(step, controllers.slots(), executor.state());
    guard.checkState(step, snapshot.state());
    interruption.outlast(
        () -> {
          store.save(snapshot);
          return present;
        });
    listeners.onCheckpoint(step, present);
    return present;
  }

  private record MicroStep(Map<String, Double> feeds, Map<String, Double> outputs) {}
}
