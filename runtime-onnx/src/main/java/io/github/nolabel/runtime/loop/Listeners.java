package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
   * Does {@code work}, then tells all of them that it is over, however it went. What was thrown
   * first is thrown on; what follows is suppressed in it.
   */
  <T> T during(Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      end().filter(later -> later != e).ifPresent(e::addSuppressed);
      throw e;
    }
    end()
        .ifPresent(
            e -> {
              throw e;
            });
    return result;
  }

  /** What the first listener threw, with what others threw suppressed in it. */
  private Optional<RuntimeException> end() {
    List<RuntimeException> thrown = new ArrayList<>();
    for (TrainingListener listener : all) {
      try {
        listener.onEnd();
      } catch (RuntimeException e) {
        thrown.add(e);
      }
    }
    for (RuntimeException later : thrown) {
      if (later != thrown.get(0)) {
        thrown.get(0).addSuppressed(later);
      }
    }
    return thrown.stream().findFirst();
  }
}
