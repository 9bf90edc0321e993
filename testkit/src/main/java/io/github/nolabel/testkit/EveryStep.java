package io.github.nolabel.testkit;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.util.List;
import java.util.function.Consumer;

/** Calls somebody after every step. */
record EveryStep(Consumer<StepReport> then) implements TrainingListener {

  @Override
  public void onStep(StepReport report) {
    then.accept(report);
  }

  static List<TrainingListener> then(Consumer<StepReport> then) {
    return List.of(new EveryStep(then));
  }
}
