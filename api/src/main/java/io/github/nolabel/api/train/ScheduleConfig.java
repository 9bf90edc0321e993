package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/** How the learning rate moves; options are set as {@code schedule.NAME}. */
public record ScheduleConfig(
    @Option("Shape after the warm-up") Kind kind,
    @Option(value = "Steps of linear warm-up", min = 0, max = 1e12) long warmupSteps,
    @Option(value = "The same in epochs; the longer one counts", min = 0, max = 1e6)
        double warmupEpochs,
    @Option(
            value = "Last learning rate as a share of the peak (cosine, polynomial)",
            min = 0,
            max = 1)
        double endFactor,
    @Option(value = "Exponent (polynomial)", min = 0.01, max = 100) double power,
    @Option(value = "Steps between drops (step)", min = 1, max = 1e12) long dropEvery,
    @Option(value = "Factor of each drop (step)", min = 0, max = 1) double dropFactor) {

  public static final ScheduleConfig DEFAULTS =
      new ScheduleConfig(Kind.COSINE, 0, 0, 0, 1, 1000, 0.1);

  public ScheduleConfig {
    RecordOptions.check(
        ScheduleConfig.class,
        kind,
        warmupSteps,
        warmupEpochs,
        endFactor,
        power,
        dropEvery,
        dropFactor);
  }

  /**
   * The same with one option changed, such as {@code with("warmupSteps", 500)}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such option or value
   */
  public ScheduleConfig with(String option, Object value) {
    return RecordOptions.with(this, option, value);
  }

  /** The schedule of a run of {@code steps} steps that peaks at {@code peak}. */
  public Schedule schedule(double peak, long steps, long stepsPerEpoch) {
    long warmup = Math.max(warmupSteps, Math.round(warmupEpochs * stepsPerEpoch));
    long remaining = Math.max(1, steps - warmup);
    Schedule main =
        switch (kind) {
          case CONSTANT -> Schedule.constant(peak);
          case COSINE -> Schedule.cosine(peak, peak * endFactor, remaining);
          case POLYNOMIAL -> Schedule.polynomial(peak, peak * endFactor, remaining, power);
          case STEP -> Schedule.stepwise(peak, dropFactor, dropEvery);
        };
    return main.afterWarmup(warmup);
  }

  /** The shapes there are. */
  public enum Kind {
    CONSTANT,
    COSINE,
    STEP,
    POLYNOMIAL
  }
}
