package io.github.nolabel.runs.watch;

import java.util.Optional;

/** Passes a request to stop on to the run that is training, or to the next one that begins. */
public final class StopRequest implements RunWatcher {

  private Optional<Runnable> stopper = Optional.empty();
  private boolean requested;

  /** Callable from any thread. */
  public synchronized void request() {
    requested = true;
    stopper.ifPresent(Runnable::run);
  }

  @Override
  public synchronized void onStart(Runnable stop) {
    stopper = Optional.of(stop);
    if (requested) {
      stop.run();
    }
  }

  @Override
  public synchronized void onEnd() {
    stopper = Optional.empty();
    requested = false;
  }
}
