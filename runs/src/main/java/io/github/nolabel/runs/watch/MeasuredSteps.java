package io.github.nolabel.runs.watch;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Adds numbers that are too costly for every step, such as {@link EffectiveRank}, to the reports of
 * some, and passes all reports on.
 */
public final class MeasuredSteps implements TrainingListener {

  private final long every;
  private final Supplier<Map<String, Double>> measurement;
  private final List<? extends TrainingListener> listeners;

  /**
   * @param every steps from one measurement to the next
   * @param measurement numbers by name; called on the training thread
   * @param listeners who gets the reports
   */
  public MeasuredSteps(
      long every,
      Supplier<Map<String, Double>> measurement,
      List<? extends TrainingListener> listeners) {
    Require.positive("every", every);
    this.every = every;
    this.measurement = measurement;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void onStep(StepReport report) {
    StepReport passedOn = report.step() % every == 0 ? measured(report) : report;
    listeners.forEach(listener -> listener.onStep(passedOn));
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    listeners.forEach(listener -> listener.onCheckpoint(step, checkpoint));
  }

  @Override
  public void onEnd() {
    listeners.forEach(TrainingListener::onEnd);
  }

  private StepReport measured(StepReport report) {
    Map<String, Double> values = new LinkedHashMap<>(report.values());
    values.putAll(measurement.get());
    return new StepReport(
        report.step(),
        report.steps(),
        report.epoch(),
        report.loss(),
        report.learningRate(),
        report.imagesPerSecond(),
        report.dataWaitShare(),
        report.secondsLeft(),
        values);
  }
}
