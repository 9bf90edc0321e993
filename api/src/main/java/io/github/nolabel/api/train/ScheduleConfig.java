package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.OpenChoice;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import java.util.List;

/** How the learning rate moves; options are set as {@code schedule.NAME}. */
public record ScheduleConfig(
    @Option("Shape after the warm-up; plug-ins add to them") Kind kind,
    @Option(value = "Steps of linear warm-up", min = 0, max = 1e12) long warmupSteps,
    @Option.Epochs("The same in epochs; the longer one counts") double warmupEpochs,
    @Option.Share("Last learning rate as a share of the peak (cosine, polynomial)")
        double endFactor,
    @Option(value = "Exponent (polynomial)", min = 0.01, max = 100) double power,
    @Option(value = "Steps between drops (step)", min = 1, max = 1e12) long dropEvery,
    @Option(value = "Factor of each drop (step)", min = 0, max = 1) double dropFactor,
    @Option("Options of a plug-in's shape, as name=value with blanks between; or none")
        String further) {

  public static final ScheduleConfig DEFAULTS =
      new ScheduleConfig(Kind.COSINE, 0, 0, 0, 1, 1000, 0.1, Further.NONE);

  public ScheduleConfig {
    RecordOptions.check(
        ScheduleConfig.class,
        kind,
        warmupSteps,
        warmupEpochs,
        endFactor,
        power,
        dropEvery,
        dropFactor,
        further);
  }

  /**
   * The same with one option changed, such as {@code with("warmupSteps", 500)}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such option or value
   */
  public ScheduleConfig with(String option, Object value) {
    return RecordOptions.with(this, option, value);
  }

  /**
   * The schedule of a run of {@code steps} steps that peaks at {@code peak}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such shape
   */
  public Schedule schedule(double peak, long steps, long stepsPerEpoch) {
    long warmup = warmup(stepsPerEpoch);
    long remaining = Math.max(1, steps - warmup);
    return shape(peak, remaining).afterWarmup(warmup);
  }

  /** Steps of warm-up: what is said in steps or in epochs, whichever is longer. */
  public long warmup(long stepsPerEpoch) {
    return Math.max(warmupSteps, Math.round(warmupEpochs * stepsPerEpoch));
  }

  private Schedule shape(double peak, long steps) {
    return switch (kind.name()) {
      case "constant" -> Schedule.constant(peak);
      case "cosine" -> Schedule.cosine(peak, peak * endFactor, steps);
      case "polynomial" -> Schedule.polynomial(peak, peak * endFactor, steps, power);
      case "step" -> Schedule.stepwise(peak, dropFactor, dropEvery);
      default -> ScheduleProvider.schedule(kind.name(), further, peak, steps);
    };
  }

  /** A shape by name; {@link ScheduleProvider} plug-ins have further ones. */
  public static final class Kind extends OpenChoice {

    private static final List<String> SHIPPED = List.of("constant", "cosine", "step", "polynomial");

    public static final Kind CONSTANT = new Kind("constant");
    public static final Kind COSINE = new Kind("cosine");
    public static final Kind STEP = new Kind("step");
    public static final Kind POLYNOMIAL = new Kind("polynomial");

    private Kind(String name) {
      super(name, SHIPPED);
    }

    public static Kind named(String name) {
      return new Kind(name);
    }
  }
}
