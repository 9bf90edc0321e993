package io.github.nolabel.spark;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.train.LoadingInterruptedException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark as the driver of one run sees it.
 *
 * @param run names the run's jobs
 */
record Cluster(JavaSparkContext context, String run) {

  /**
   * Carries out jobs under a name that Spark's pages show.
   *
   * @throws LoadingInterruptedException if the thread is interrupted; the jobs are cancelled
   * @throws NolabelException if a task failed as often as Spark allows
   */
  <T> T describing(String what, Supplier<T> jobs) {
    context.setJobGroup(run, "nolabel: " + what, true);
    try {
      return jobs.get();
    } catch (NolabelException e) {
      throw e;
    } catch (Exception e) {
      throw translated(e, what);
    } finally {
      context.clearJobGroup();
    }
  }

  /** Spark throws what Java does not let it declare. */
  private RuntimeException translated(Exception failure, String what) {
    if (failure instanceof InterruptedException interruption) {
      context.cancelJobGroup(run);
      Thread.currentThread().interrupt();
      return new LoadingInterruptedException(interruption);
    }
    if (failure instanceof SparkException) {
      return new NolabelException(
          "The cluster could not take %s: %s. Spark's pages show the failed tasks; the last checkpoint is where to go on from."
              .formatted(what, String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
          failure);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** Has executors let go of the run's sessions and images. */
  void release(int workers) {
    String ended = run;
    Workers.close(ended);
    context
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .foreach(worker -> Workers.close(ended));
  }
}
