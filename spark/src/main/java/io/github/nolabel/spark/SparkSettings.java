package io.github.nolabel.spark;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;

/**
 * How a cluster trains.
 *
 * @param workers partitions of a round; each takes an equal share of every batch. 0 takes Spark's
 *     default parallelism
 * @param localSteps updates that every worker takes by itself in a round; with {@code qsrAlpha} the
 *     least
 * @param warmupSteps updates at the beginning of the run with rounds of one step
 * @param qsrAlpha rounds grow as the learning rate falls, to {@code (qsrAlpha / learningRate)^2}
 *     updates, rounded down (quadratic synchronisation rule, Gu et al., ICLR 2024, arXiv
 *     2310.14423). The rate is that of the round's first update; until the end of the rate's own
 *     warm-up it is the rate there. 0 leaves them as they are
 * @param outer what the mean of the workers becomes
 */
public record SparkSettings(
    @Option("Workers, each with an equal share of every batch; 0 takes Spark's parallelism")
        int workers,
    @Option("Updates that every worker takes by itself in a round") int localSteps,
    @Option("Updates at the beginning with rounds of one") long warmupSteps,
    @Option("Rounds of at least (qsrAlpha / learning rate)^2 updates; 0 for none") double qsrAlpha,
    OuterUpdate outer) {

  /** A round is one step, which is as near to one machine as averaging weights comes. */
  public static final SparkSettings DEFAULTS = new SparkSettings(0, 1, 0, 0, OuterUpdate.MEAN);

  public SparkSettings {
    Require.that(workers >= 0, "workers must not be negative, got " + workers);
    Require.positive("localSteps", localSteps);
    Require.that(warmupSteps >= 0, "warmupSteps must not be negative, got " + warmupSteps);
    Require.that(
        qsrAlpha >= 0 && qsrAlpha <= 1e6, "qsrAlpha must be between 0 and 1e6, got " + qsrAlpha);
  }

  public SparkSettings withWorkers(int count) {
    return new SparkSettings(count, localSteps, warmupSteps, qsrAlpha, outer);
  }

  /** After {@code warmup} updates in rounds of one, rounds of {@code steps}. */
  public SparkSettings withLocalSteps(int steps, long warmup) {
    return new SparkSettings(workers, steps, warmup, qsrAlpha, outer);
  }

  /** Rounds that grow as the learning rate falls, never shorter than the local steps. */
  public SparkSettings withQsr(double alpha) {
    return new SparkSettings(workers, localSteps, warmupSteps, alpha, outer);
  }

  public SparkSettings withOuter(OuterUpdate update) {
    return new SparkSettings(workers, localSteps, warmupSteps, qsrAlpha, update);
  }

  /**
   * @throws io.github.nolabel.api.UserMistake if workers would take updates by themselves
   */
  void requireSingleSteps() {
    Require.that(
        localSteps == 1 && qsrAlpha == 0 && outer.isMean(),
        "optimizer.jointBatch makes every update one of all workers together: localSteps must be 1, qsrAlpha 0 and the outer update the mean, got %d, %s and %s. Leave them out, or jointBatch."
            .formatted(localSteps, qsrAlpha, outer));
  }

  /** Updates of the round that begins after {@code step} ones, none beyond the run's last. */
  long updates(long step, RunSpec run) {
    long wanted = step < warmupSteps ? 1 : Math.max(localSteps, grown(step, run));
    return Math.min(wanted, run.steps() - step);
  }

  private long grown(long step, RunSpec run) {
    long warm = Math.max(step, run.schedule().warmup(run.stepsPerEpoch()));
    double ratio = qsrAlpha / run.learningRate().at(warm);
    return qsrAlpha == 0 ? 0 : (long) Math.floor(ratio * ratio);
  }
}
