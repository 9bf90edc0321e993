package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollapseAlarmTest {

  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "feature_std, 0.04, point the same way",
    "embedding_rank, 1.1, along one line only",
    "rank_kept, 0.2, far fewer directions than those of the network before the first step",
    "teacher_entropy, 0.997, spread evenly over all classes",
    "student_entropy_of_mean, 0.01, are given the same class",
    "image_to_text_spread, 0.999, stays at ln of the batch size"
  })
  void everySignIsToldInOneSentence(String name, double value, String seen) {
    CollapseAlarm alarm = new CollapseAlarm(10, 5, () -> false, told::add);
    steps(alarm, 1, 30, name, value);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("since step 11", seen, name, "usually helps").endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "feature_std, 0.5",
    "embedding_rank, 3",
    "rank_kept, 0.8",
    "effective_rank, 1.2",
    "teacher_entropy, 0.02",
    "student_entropy, 0.997",
    "teacher_entropy_of_mean, 0.999",
    "text_to_image_spread, 0.8",
    "uniformity, 0",
    "teacher_distance, 0",
    "feature_std, NaN"
  })
  void healthyNumbersAndStrangersAreNoReason(String name, double value) {
    steps(new CollapseAlarm(0, 5, () -> false, told::add), 1, 50, name, value);
    assertThat(told).isEmpty();
  }

  @Test
  void aSignThatPassesIsNoReason() {
    CollapseAlarm alarm = new CollapseAlarm(0, 5, () -> false, told::add);
    for (int step = 1; step <= 40; step += 4) {
      steps(alarm, step, step + 2, "feature_std", 0);
      steps(alarm, step + 3, step + 3, "feature_std", 1);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void eachEpisodeIsToldOnce() {
    CollapseAlarm alarm = new CollapseAlarm(0, 5, () -> false, told::add);
    steps(alarm, 1, 20, "feature_std", 0);
    steps(alarm, 21, 30, "feature_std", 0.9);
    steps(alarm, 31, 60, "feature_std", 0);
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).contains("since step 31");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedding_rank", "rank_kept"})
  void fewDirectionsMayBeTheDatasAsLongAsNeighboursAreFound(String name) {
    List<Long> asked = new ArrayList<>();
    AtomicLong now = new AtomicLong();
    CollapseAlarm alarm =
        new CollapseAlarm(
            0,
            5,
            () -> {
              asked.add(now.get());
              return now.get() < 20;
            },
            told::add);
    for (long step = 1; step <= 100; step++) {
      now.set(step);
      steps(alarm, step, step, name, 0.2);
    }
    assertThat(asked).containsExactly(6L, 12L, 24L);
    assertThat(told).singleElement().asString().contains("since step 1 ");
  }

  @Test
  void equalEmbeddingsAreNoDatasFault() {
    steps(new CollapseAlarm(0, 5, () -> true, told::add), 1, 20, "feature_std", 0);
    assertThat(told).hasSize(1);
  }

  @Test
  void warmUpIsNotJudged() {
    CollapseAlarm alarm = ofARun(1000, 300);
    steps(alarm, 1, 350, "feature_std", 0);
    assertThat(told).isEmpty();
    steps(alarm, 351, 351, "feature_std", 0);
    assertThat(told).hasSize(1);
  }

  /** Captions find their images after some learning only. */
  @ParameterizedTest
  @ValueSource(longs = {1, 4, 24})
  void aTrialOfAFewStepsIsNotJudged(long length) {
    steps(ofARun(length, 0), 1, length, "image_to_text_spread", 1);
    assertThat(told).isEmpty();
  }

  @Test
  void aShortRunIsJudgedAtItsEnd() {
    steps(ofARun(26, 0), 1, 26, "feature_std", 0);
    assertThat(told).singleElement().asString().contains("since step 21 ");
  }

  private CollapseAlarm ofARun(long length, long warmup) {
    ScheduleConfig schedule =
        RecordOptions.override(
            ScheduleConfig.DEFAULTS, Map.of("warmupSteps", Long.toString(warmup)));
    RunSpec run =
        new RunSpec("toy", Map.of(), 8, 4, length, 100, 1, OptimizerConfig.DEFAULTS, schedule);
    return CollapseAlarm.of(run, () -> false, told::add);
  }

  private static void steps(CollapseAlarm alarm, long from, long to, String name, double value) {
    for (long step = from; step <= to; step++) {
      alarm.onStep(Reports.at(step, Map.of(name, value)));
    }
  }
}
