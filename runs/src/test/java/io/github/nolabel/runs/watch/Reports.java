package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.StepReport;
import java.util.Map;

/** Reports to listen to. */
final class Reports {

  private Reports() {}

  /** Step {@code step} of 20; the loss is 1/step. */
  static StepReport at(long step) {
    return at(step, Map.of("gradient_norm", 2.5));
  }

  static StepReport at(long step, Map<String, Double> values) {
    return new StepReport(
        step, 20, step / 8.0, 1.0 / step, 0.00125, 812.4, 0.125, 3.0 * (20 - step), values);
  }
}
