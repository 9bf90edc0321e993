package io.github.nolabel.api.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one update reported.
 *
 * @param step updates done, including this one
 * @param steps updates of the whole run
 * @param epoch passes over the data done, as a fraction
 * @param imagesPerSecond since the previous report
 * @param dataWaitShare share of the time since the run started that was spent waiting for batches
 * @param secondsLeft estimate for the rest of the run
 * @param values further numbers by name, such as the gradient's norm
 */
public record StepReport(
    long step,
    long steps,
    double epoch,
    double loss,
    double learningRate,
    double imagesPerSecond,
    double dataWaitShare,
    double secondsLeft,
    Map<String, Double> values) {

  public StepReport {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The same with another share of the time spent waiting for data. */
  public StepReport waiting(double share) {
    return new StepReport(
        step, steps, epoch, loss, learningRate, imagesPerSecond, share, secondsLeft, values);
  }
}
