package io.github.nolabel.spark;

import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Pre-training on a Spark cluster in one call. The run's folder is on the driver and holds what a
 * run on one machine holds. Executors read the images themselves: the plan's data must be at the
 * same place for all of them.
 */
public final class SparkRuns {

  private SparkRuns() {}

  /**
   * Trains as {@link io.github.nolabel.runs.Runs#pretrain} does, with every batch divided among
   * workers.
   *
   * @throws io.github.nolabel.api.UserMistake if something does not fit, such as a batch that
   *     cannot be divided evenly, before any work is done
   * @throws io.github.nolabel.api.NolabelException if a task failed as often as Spark allows
   */
  public static Run pretrain(
      RunPlan plan,
      Path directory,
      JavaSparkContext context,
      SparkSettings settings,
      RunWatcher... watchers) {
    String whole = plain().resolve(plan).toYaml();
    return trained(engine(context, settings, whole).create(plan, directory), watchers);
  }

  /** Goes on with a run that was stopped, perhaps with another number of workers. */
  public static Run resume(
      Path directory, JavaSparkContext context, SparkSettings settings, RunWatcher... watchers) {
    String whole = plain().resume(directory).plan().toYaml();
    return trained(engine(context, settings, whole).resume(directory), watchers);
  }

  private static Run trained(Run run, RunWatcher... watchers) {
    run.train(watchers);
    return run;
  }

  private static Engine plain() {
    return Engine.of(SparkRuns.class.getClassLoader());
  }

  private static Engine engine(JavaSparkContext context, SparkSettings settings, String plan) {
    ClassLoader loader = SparkRuns.class.getClassLoader();
    return new Engine(
        new SparkRuntime(TrainingRuntime.find(loader), Connection.of(context), settings, plan),
        Catalogue.of(loader));
  }
}
