package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredStepsTest {

  private final List<StepReport> seen = new ArrayList<>();

  @Test
  void everyThirdReportHasTheNumberAndAllArePassedOn() {
    TrainingListener keep =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            seen.add(report);
          }
        };
    MeasuredSteps steps = new MeasuredSteps(3, () -> Map.of("effective_rank", 9.0), List.of(keep));
    for (int step = 1; step <= 7; step++) {
      steps.onStep(Reports.at(step));
    }
    assertThat(seen).hasSize(7);
    assertThat(seen.stream().filter(r -> r.values().containsKey("effective_rank")))
        .extracting(StepReport::step)
        .containsExactly(3L, 6L);
    assertThat(seen).allSatisfy(r -> assertThat(r.values()).containsEntry("gradient_norm", 2.5));
  }
}
