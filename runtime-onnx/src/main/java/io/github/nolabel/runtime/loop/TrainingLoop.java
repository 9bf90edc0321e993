package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runtime.checkpoint.CheckpointStore;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.UnsavedRun;
import io.github.nolabel.runtime.session.StepExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Runs updates until the last one, or until asked to stop. */
public final class TrainingLoop {

  private final StepExecutor executor;
  private final RunSpec run;
  private final CheckpointConfig checkpoints;
  private final CheckpointStore store;
  private final LongSupplier nanoTime;
  private final DivergenceGuard guard;
  private final Updates updates;
  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private final Interruption interruption = new Interruption();
  private Supplier<Map<String, Tensor>> apart;

  /**
   * @param start where the run stands; the executor has its state
   */
  public TrainingLoop(
      StepExecutor executor,
      TrainingRecipe recipe,
      RunSpec run,
      CheckpointConfig checkpoints,
      CheckpointStore store,
      SavedRun start,
      LongSupplier nanoTime) {
    this.executor = executor;
    this.run = run;
    this.checkpoints = checkpoints;
    this.store = store;
    this.nanoTime = nanoTime;
    this.apart = start::apart;
    this.guard = new DivergenceGuard(store::newest);
    this.updates = new Updates(executor, recipe, run, guard, start);
  }

  /** Updates done in the whole run. */
  public long step() {
    return updates.step();
  }

  /** Asks {@link #train} to end after the running update. Callable from any thread. */
  public void requestStop() {
    stopRequested.set(true);
  }

  /** See {@link io.github.nolabel.api.train.Trainer#snapshot}. */
  public Snapshot snapshot() {
    return updates.snapshot(apart.get());
  }

  /** See {@link io.github.nolabel.api.train.Trainer#restore}. */
  public void restore(Snapshot snapshot) {
    updates.restore(snapshot);
    apart = snapshot::apart;
  }

  /** See {@link io.github.nolabel.api.train.Trainer#advance}. */
  public List<StepReport> advance(BatchStream batches, long count) {
    requireWhole();
    Pace pace = new Pace(nanoTime);
    List<StepReport> reports = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      reports.add(updates.take(batches::next, pace));
    }
    return reports;
  }

  /** See {@link io.github.nolabel.api.train.Trainer#train(BatchSource, List)}. */
  public TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners) {
    return train(
        listeners,
        (watching, pace) -> {
          apart = Map::of;
          return runUpdates(batches, watching, pace);
        });
  }

  /** See {@link io.github.nolabel.api.train.Trainer#train(Rounds, List)}. */
  public TrainingSummary train(Rounds rounds, List<? extends TrainingListener> listeners) {
    return train(listeners, (watching, pace) -> runRounds(rounds, watching, pace));
  }

  private TrainingSummary train(List<? extends TrainingListener> listeners, Work work) {
    requireWhole();
    Pace pace = new Pace(nanoTime);
    Listeners watching = new Listeners(listeners);
    try {
      return watching.during(() -> train(watching, pace, work));
    } finally {
      stopRequested.set(false);
      interruption.restore();
    }
  }

  private void requireWhole() {
    if (guard.hasDiverged()) {
      throw new IllegalStateException("this run has diverged; open a new trainer to resume it");
    }
  }

  private TrainingSummary train(Listeners listeners, Pace pace, Work work) {
    try {
      commitIfMissing(listeners);
      double loss = isOver() ? Double.NaN : work.run(listeners, pace);
      Path last = commitIfMissing(listeners);
      return new TrainingSummary(
          step(),
          step() >= run.steps(),
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
    try (BatchStream stream = batches.from(step() * run.optimizer().accumulate())) {
      while (!isOver()) {
        StepReport report = updates.take(() -> interruption.outlast(stream::next), pace);
        loss = report.loss();
        interruption.seen();
        listeners.onStep(report);
        if (checkpoints.isDue(step(), run.stepsPerEpoch())) {
          commitIfMissing(listeners);
        }
      }
    }
    return loss;
  }

  private double runRounds(Rounds rounds, Listeners listeners, Pace pace) {
    double loss = Double.NaN;
    while (!isOver()) {
      Snapshot from = snapshot();
      Rounds.Round round = interruption.outlast(() -> rounds.next(from));
      updates.restore(round.after());
      apart = rounds::apart;
      for (StepReport report : pace.timed(round, run.steps())) {
        loss = report.loss();
        listeners.onStep(report);
      }
      if (anyIsDue(from.step() + 1, step())) {
        commitIfMissing(listeners);
      }
    }
    return loss;
  }

  private boolean anyIsDue(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .anyMatch(step -> checkpoints.isDue(step, run.stepsPerEpoch()));
  }

  private boolean isOver() {
    return step() >= run.steps() || stopRequested.get() || interruption.seen();
  }

  /** Leaves the newest checkpoint at the present step. */
  private Path commitIfMissing(Listeners listeners) {
    Path present = store.pathOf(step());
    if (store.newest().filter(present::equals).isPresent()) {
      return present;
    }
    UnsavedRun unsaved = updates.unsaved(apart.get());
    interruption.outlast(
        () -> {
          store.save(unsaved);
          return present;
        });
    listeners.onCheckpoint(step(), present);
    return present;
  }

  /** What moves the run on; returns the last loss. */
  @FunctionalInterface
  private interface Work {
    double run(Listeners listeners, Pace pace);
  }
}
