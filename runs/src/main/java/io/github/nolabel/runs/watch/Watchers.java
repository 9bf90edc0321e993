package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Several watchers as one. All hear of everything; any one of them may end a collapsed run. */
public record Watchers(List<RunWatcher> all) implements RunWatcher {

  public Watchers {
    all = List.copyOf(all);
  }

  @Override
  public void onNotice(String sentence) {
    all.forEach(watcher -> watcher.onNotice(sentence));
  }

  @Override
  public void onBegin(RunStart start) {
    all.forEach(watcher -> watcher.onBegin(start));
  }

  @Override
  public void onStart(Runnable stop) {
    all.forEach(watcher -> watcher.onStart(stop));
  }

  @Override
  public void onStep(StepReport report) {
    all.forEach(watcher -> watcher.onStep(report));
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    all.forEach(watcher -> watcher.onCheckpoint(step, checkpoint));
  }

  @Override
  public boolean onCollapse(String sentence) {
    boolean end = false;
    for (RunWatcher watcher : all) {
      end |= watcher.onCollapse(sentence);
    }
    return end;
  }

  @Override
  public void onStopped(TrainingSummary summary, long steps) {
    all.forEach(watcher -> watcher.onStopped(summary, steps));
  }

  @Override
  public void onComplete(Map<String, Object> result) {
    all.forEach(watcher -> watcher.onComplete(result));
  }

  @Override
  public void onFailure(String status, String problem) {
    eachFrom(0, watcher -> watcher.onFailure(status, problem));
  }

  @Override
  public void onEnd() {
    eachFrom(0, RunWatcher::onEnd);
  }

  /** The later ones hear of it even if an earlier one throws. */
  private void eachFrom(int first, Consumer<RunWatcher> event) {
    if (first < all.size()) {
      try {
        event.accept(all.get(first));
      } finally {
        eachFrom(first + 1, event);
      }
    }
  }
}
