package io.github.nolabel.api.control;

import io.github.nolabel.api.Require;

/** A pure function from the zero-based step to a hyper-parameter's value. */
@FunctionalInterface
public interface Schedule {

  double at(long step);

  static Schedule constant(double value) {
    return step -> value;
  }

  /** A straight line from {@code start} at step 0 to {@code end} at {@code steps}, then flat. */
  static Schedule linear(double start, double end, long steps) {
    return polynomial(start, end, steps, 1);
  }

  /** Half a cosine from {@code start} at step 0 to {@code end} at {@code steps}, then flat. */
  static Schedule cosine(double start, double end, long steps) {
    Require.positive("steps", steps);
    return step -> end + (start - end) * 0.5 * (1 + Math.cos(Math.PI * progress(step, steps)));
  }

  /** {@code end + (start - end) * (1 - step / steps)^power}, then flat. */
  static Schedule polynomial(double start, double end, long steps, double power) {
    Require.positive("steps", steps);
    return step -> end + (start - end) * Math.pow(1 - progress(step, steps), power);
  }

  /** {@code start * factor^(step / every)}, the quotient rounded down. */
  static Schedule stepwise(double start, double factor, long every) {
    Require.positive("every", every);
    return step -> start * Math.pow(factor, (double) Math.floorDiv(step, every));
  }

  /** Follows this schedule before {@code boundary}, then {@code next} counted from zero. */
  default Schedule thenFrom(long boundary, Schedule next) {
    return step -> step < boundary ? at(step) : next.at(step - boundary);
  }

  /**
   * Rises in a straight line over {@code warmupSteps} steps, reaching this schedule's first value
   * at the last of them, then follows this schedule. No steps means no warm-up.
   */
  default Schedule afterWarmup(long warmupSteps) {
    return warmupSteps == 0
        ? this
        : linear(at(0) / warmupSteps, at(0) * (warmupSteps + 1) / warmupSteps, warmupSteps)
            .thenFrom(warmupSteps, this);
  }

  /** This schedule multiplied by {@code factor}. */
  default Schedule times(double factor) {
    return step -> factor * at(step);
  }

  private static double progress(long step, long steps) {
    return Math.min(1, (double) step / steps);
  }
}
