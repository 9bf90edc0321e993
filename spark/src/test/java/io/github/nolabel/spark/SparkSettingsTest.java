package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long rounds are. */
class SparkSettingsTest {

  private static final double PEAK = 0.1;
  private static final SparkSettings FOUR = SparkSettings.DEFAULTS.withLocalSteps(4, 0);

  @Test
  void fixedRoundsComeAfterRoundsOfOneAndEndWithTheRun() {
    SparkSettings settings = SparkSettings.DEFAULTS.withLocalSteps(4, 3);
    RunSpec run = run(10, ScheduleConfig.DEFAULTS);
    assertThat(settings.updates(0, run)).isEqualTo(1);
    assertThat(settings.updates(2, run)).isEqualTo(1);
    assertThat(settings.updates(3, run)).isEqualTo(4);
    assertThat(settings.updates(7, run)).isEqualTo(3);
  }

  /** A straight line from 0.1 to 0 over 100 updates: alpha / rate = 0.2 / (0.1 (1 - s / 100)). */
  @Test
  void roundsGrowWithTheSquareOfTheFallingRate() {
    RunSpec run = run(100, ScheduleConfig.DEFAULTS.with("kind", "polynomial"));
    SparkSettings growing = FOUR.withQsr(0.2);
    assertThat(growing.updates(0, run)).isEqualTo(4);
    assertThat(growing.updates(20, run)).as("(2 / 0.8)^2 = 6.25").isEqualTo(6);
    assertThat(growing.updates(60, run)).as("(2 / 0.4)^2 = 25").isBetween(24L, 25L);
    assertThat(growing.updates(70, run)).as("what is left of 44").isEqualTo(30);
    assertThat(FOUR.withQsr(0.15).updates(0, run)).as("1.5^2 = 2.25, at least").isEqualTo(4);
  }

  /** A constant rate never lets rounds grow, a rate of nothing lets them end with the run. */
  @Test
  void aRateThatStaysKeepsRoundsAndNoneEndsThemLast() {
    RunSpec constant = run(1000, ScheduleConfig.DEFAULTS.with("kind", "constant"));
    assertThat(FOUR.withQsr(0.5).updates(0, constant)).isBetween(24L, 25L);
    assertThat(FOUR.withQsr(0.5).updates(500, constant))
        .isEqualTo(FOUR.withQsr(0.5).updates(0, constant));
    RunSpec dropped =
        run(
            1000,
            ScheduleConfig.DEFAULTS
                .with("kind", "step")
                .with("dropEvery", 10)
                .with("dropFactor", 0.0));
    assertThat(FOUR.withQsr(0.2).updates(10, dropped)).isEqualTo(990);
  }

  /** The small rates of a warm-up are no reason for long rounds. */
  @Test
  void duringTheRatesWarmUpItsEndCounts() {
    RunSpec run =
        run(100, ScheduleConfig.DEFAULTS.with("kind", "constant").with("warmupSteps", 10));
    SparkSettings growing = FOUR.withQsr(0.25);
    assertThat(growing.updates(0, run)).as("2.5^2 = 6.25").isEqualTo(6);
    assertThat(growing.updates(9, run)).isEqualTo(6);
    assertThat(growing.withLocalSteps(4, 5).updates(0, run)).isEqualTo(1);
  }

  @Test
  void aNegativeAlphaIsRefused() {
    assertThatThrownBy(() -> FOUR.withQsr(-1))
        .isInstanceOf(UserMistake.class)
        .hasMessage("qsrAlpha must be between 0 and 1e6, got -1.0");
  }

  private static RunSpec run(long steps, ScheduleConfig schedule) {
    OptimizerConfig optimizer =
        OptimizerConfig.DEFAULTS.with("learningRate", PEAK).with("batchScaling", "none");
    return new RunSpec("plain-cnn", Map.of(), 16, 8, steps, 10, 0, optimizer, schedule);
  }
}
