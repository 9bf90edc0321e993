package io.github.nolabel.spark;

import io.github.nolabel.api.Require;

/**
 * How a cluster trains.
 *
 * @param workers partitions of a round; each takes an equal share of every batch. 0 takes Spark's
 *     default parallelism
 * @param localSteps updates that every worker takes by itself in a round
 * @param warmupSteps updates at the beginning of the run with rounds of one step
 * @param outer what the mean of the workers becomes
 */
public record SparkSettings(int workers, int localSteps, long warmupSteps, OuterUpdate outer) {

  /** A round is one step, which is as near to one machine as averaging weights comes. */
  public static final SparkSettings DEFAULTS = new SparkSettings(0, 1, 0, OuterUpdate.MEAN);

  public SparkSettings {
    Require.that(workers >= 0, "workers must not be negative, got " + workers);
    Require.positive("localSteps", localSteps);
    Require.that(warmupSteps >= 0, "warmupSteps must not be negative, got " + warmupSteps);
  }

  public SparkSettings withWorkers(int count) {
    return new SparkSettings(count, localSteps, warmupSteps, outer);
  }

  /** After {@code warmup} updates in rounds of one, rounds of {@code steps}. */
  public SparkSettings withLocalSteps(int steps, long warmup) {
    return new SparkSettings(workers, steps, warmup, outer);
  }

  public SparkSettings withOuter(OuterUpdate update) {
    return new SparkSettings(workers, localSteps, warmupSteps, update);
  }

  /** Updates of the round that begins after {@code step} ones, none beyond {@code steps}. */
  long updates(long step, long steps) {
    long wanted = step < warmupSteps ? 1 : localSteps;
    return Math.min(wanted, steps - step);
  }
}
