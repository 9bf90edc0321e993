package io.github.nolabel.runs;

import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;

/**
 * Pre-training in one call, with what is on the class path of this library. For an engine of one's
 * own see {@link Engine}.
 */
public final class Runs {

  private Runs() {}

  /**
   * Trains until the plan's last epoch or until somebody stops it, then evaluates and exports.
   * Blocks; the thread may be interrupted, which stops the run in good order.
   *
   * @param directory where the run goes; made where missing
   * @param watchers hear of it; may be none
   * @return the run, complete unless it was stopped
   * @throws io.github.nolabel.api.UserMistake if something does not fit, before any work is done
   * @throws io.github.nolabel.api.train.TrainingDivergedException if the loss left the finite
   *     numbers
   */
  public static Run pretrain(RunPlan plan, Path directory, RunWatcher... watchers) {
    Run run = create(plan, directory);
    run.train(watchers);
    return run;
  }

  /** A run that has not begun: train it on any thread, stop it from any other. */
  public static Run create(RunPlan plan, Path directory) {
    return Standard.ENGINE.create(plan, directory);
  }

  /** Goes on with a run that was stopped, as if it never had been. */
  public static Run resume(Path directory, RunWatcher... watchers) {
    Run run = open(directory);
    run.train(watchers);
    return run;
  }

  /** A run in a folder, complete or not: to look at, to export, to go on with. */
  public static Run open(Path directory) {
    return Standard.ENGINE.resume(directory);
  }

  private static final class Standard {
    static final Engine ENGINE = Engine.of(Runs.class.getClassLoader());
  }
}
