package io.github.nolabel.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.ScheduleConfig.Kind;
import io.github.nolabel.api.train.ScheduleProvider;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final org.assertj.core.data.Offset<Double> TINY = within(1e-12);

  @Test
  void aCosineFallsByHalfInTheMiddleAndStaysAtItsEnd() {
    Schedule cosine = Schedule.cosine(3, 1, 100);
    assertThat(cosine.at(0)).isEqualTo(3);
    assertThat(cosine.at(50)).isCloseTo(2, TINY);
    // cos(pi / 3) = 1 / 2 and cos(2 pi / 3) = -1 / 2 at a third and two thirds of 300
    Schedule long300 = Schedule.cosine(3, 1, 300);
    assertThat(long300.at(100)).isCloseTo(2.5, TINY);
    assertThat(long300.at(200)).isCloseTo(1.5, TINY);
    assertThat(cosine.at(100)).isCloseTo(1, TINY);
    assertThat(cosine.at(1_000_000)).isCloseTo(1, TINY);
  }

  @Test
  void aStraightLineEndsFlat() {
    Schedule line = Schedule.linear(0, 10, 5);
    assertThat(line.at(2)).isCloseTo(4, TINY);
    assertThat(line.at(5)).isEqualTo(10);
    assertThat(line.at(6)).isEqualTo(10);
  }

  @Test
  void aPolynomialFollowsItsPower() {
    Schedule square = Schedule.polynomial(9, 1, 4, 2);
    assertThat(square.at(0)).isEqualTo(9);
    assertThat(square.at(2)).isCloseTo(1 + 8 * 0.25, TINY);
    assertThat(square.at(4)).isEqualTo(1);
  }

  @Test
  void stepsDropAtTheirBoundaries() {
    Schedule steps = Schedule.stepwise(1, 0.1, 30);
    assertThat(steps.at(29)).isEqualTo(1);
    assertThat(steps.at(30)).isCloseTo(0.1, TINY);
    assertThat(steps.at(59)).isCloseTo(0.1, TINY);
    assertThat(steps.at(60)).isCloseTo(0.01, TINY);
  }

  @Test
  void aWarmUpReachesThePeakAtItsLastStepAndNeverStartsAtZero() {
    Schedule warm = Schedule.constant(8).afterWarmup(4);
    assertThat(warm.at(0)).isCloseTo(2, TINY);
    assertThat(warm.at(1)).isCloseTo(4, TINY);
    assertThat(warm.at(2)).isCloseTo(6, TINY);
    assertThat(warm.at(3)).isCloseTo(8, TINY);
    assertThat(warm.at(4)).isEqualTo(8);
  }

  @Test
  void aWarmedUpCosineStartsItsDescentAfterTheWarmUp() {
    Schedule warm = Schedule.cosine(8, 0, 100).afterWarmup(10);
    assertThat(warm.at(9)).isCloseTo(8, TINY);
    assertThat(warm.at(10)).isEqualTo(8);
    assertThat(warm.at(60)).isCloseTo(4, TINY);
    assertThat(warm.at(110)).isCloseTo(0, TINY);
  }

  @Test
  void noWarmUpChangesNothing() {
    Schedule cosine = Schedule.cosine(1, 0, 10);
    for (long step = 0; step < 12; step++) {
      assertThat(cosine.afterWarmup(0).at(step)).isEqualTo(cosine.at(step));
    }
  }

  @Test
  void composedSchedulesCountFromTheirBoundary() {
    Schedule joined = Schedule.constant(5).thenFrom(10, Schedule.linear(0, 4, 4)).times(2);
    assertThat(joined.at(9)).isEqualTo(10);
    assertThat(joined.at(10)).isEqualTo(0);
    assertThat(joined.at(12)).isCloseTo(4, TINY);
  }

  @Test
  void lengthsMustBePositive() {
    assertThatThrownBy(() -> Schedule.cosine(1, 0, 0))
        .isInstanceOf(UserMistake.class)
        .hasMessage("steps must be positive, got 0");
    assertThatThrownBy(() -> Schedule.stepwise(1, 0.1, -3)).hasMessageContaining("every");
  }

  @Test
  void theConfiguredScheduleEndsAtItsShareOfThePeakAtTheLastStep() {
    for (Kind kind : new Kind[] {Kind.COSINE, Kind.POLYNOMIAL}) {
      Schedule schedule =
          new ScheduleConfig(kind, 20, 0, 0.05, 1, 10, 0.5, "none").schedule(0.4, 100, 10);
      assertThat(schedule.at(19)).as("%s, end of warm-up", kind).isCloseTo(0.4, TINY);
      assertThat(schedule.at(100)).as("%s, end", kind).isCloseTo(0.02, TINY);
    }
    assertThat(
            new ScheduleConfig(Kind.CONSTANT, 0, 0, 0, 1, 10, 0.5, "none")
                .schedule(0.4, 100, 10)
                .at(99))
        .isEqualTo(0.4);
    assertThat(
            new ScheduleConfig(Kind.STEP, 0, 0, 0, 1, 10, 0.5, "none")
                .schedule(0.4, 100, 10)
                .at(25))
        .isCloseTo(0.1, TINY);
  }

  @Test
  void aPlugInsShapeIsFoundByItsName() {
    ScheduleConfig config = ScheduleConfig.DEFAULTS.with("kind", "halving");
    assertThat(config.schedule(8, 10, 1).at(2)).isEqualTo(2);
    assertThat(config.with("further", "factor=0.1").schedule(100, 10, 1).at(1)).isEqualTo(10);
    assertThatThrownBy(() -> config.with("further", "factr=1").schedule(1, 1, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'factor'?");
    assertThatThrownBy(() -> config.with("kind", "halvin").schedule(1, 1, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("No schedule 'halvin'. Did you mean 'halving'?");
  }

  /** Registered in the test's META-INF/services. */
  public static final class Halving implements ScheduleProvider<Halving.Factor> {

    public record Factor(@Option("Of every step") double factor) {}

    @Override
    public String name() {
      return "halving";
    }

    @Override
    public Factor defaults() {
      return new Factor(0.5);
    }

    @Override
    public Schedule schedule(double peak, long steps, Factor own) {
      return step -> peak * Math.pow(own.factor(), (double) step);
    }
  }
}
