package io.github.nolabel.examples.spring;

import io.github.nolabel.api.train.StepReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What others see of a run.
 *
 * @param step updates done
 * @param steps updates of the whole run, 0 before the first
 * @param loss of the last step
 * @param accuracies by question, once the run is complete; empty if nothing is labelled
 * @param message what went wrong
 */
public record RunView(
    String id,
    Status status,
    long step,
    long steps,
    @Nullable Double loss,
    @Nullable Map<String, Double> accuracies,
    @Nullable String message) {

  /** Where a run is in its life. */
  public enum Status {
    WAITING,
    RUNNING,
    COMPLETE,
    STOPPED,
    FAILED
  }

  /** Whether nothing changes any more. */
  boolean hasEnded() {
    return status.compareTo(Status.RUNNING) > 0;
  }

  static RunView waiting(String id) {
    return new RunView(id, Status.WAITING, 0, 0, null, null, null);
  }

  RunView running() {
    return new RunView(id, Status.RUNNING, step, steps, loss, null, null);
  }

  RunView after(StepReport report) {
    return new RunView(id, status, report.step(), report.steps(), report.loss(), null, null);
  }

  RunView complete(Map<String, Double> trained) {
    return new RunView(id, Status.COMPLETE, step, steps, loss, trained, null);
  }

  RunView stopped() {
    return new RunView(id, Status.STOPPED, step, steps, loss, null, null);
  }

  RunView failed(String reason) {
    return new RunView(id, Status.FAILED, step, steps, loss, null, reason);
  }
}
