package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everybody who watches; what one of them throws keeps no other from hearing of the end. */
record Listeners(List<? extends TrainingListener> all) {

  Listeners {
    all = List.copyOf(all);
  }

  void onStep(StepReport report) {
    all.forEach(listener -> listener.onStep(report));
  }

  void onCheckpoint(long step, Path checkpoint) {
    all.forEach(listener -> listener.onCheckpoint(step, checkpoint));
  }

  /**
   * Runs {@code work}, then tells all of them that it is over, however it went. What was thrown
   * first is thrown on; what follows is suppressed in it.
   */
  void during(Runnable work) {
    Failures failures = new Failures();
    failures.collect(work);
    all.forEach(listener -> failures.collect(listener::onEnd));
    failures.rethrow();
  }

  private static final class Failures {

    private @Nullable Throwable first;

    void collect(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        add(e);
      }
    }

    private void add(Throwable failure) {
      if (first == null) {
        first = failure;
      } else if (first != failure) {
        first.addSuppressed(failure);
      }
    }

    void rethrow() {
      if (first instanceof Error error) {
        throw error;
      }
      if (first instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
