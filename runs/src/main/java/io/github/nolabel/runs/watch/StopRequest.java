package io.github.nolabel.runs.watch;

/** Passes a request to stop on to the run that is training, or to the next one that begins. */
public final class StopRequest implements RunWatcher {

  private static final Runnable NOBODY = () -> {};

  private Runnable stopper = NOBODY;
  private boolean requested;

  /** Callable from any thread. */
  public synchronized void request() {
    requested = true;
    stopper.run();
  }

  @Override
  public synchronized void onStart(Runnable stop) {
    stopper = stop;
    if (requested) {
      stop.run();
    }
  }

  @Override
  public synchronized void onEnd() {
    stopper = NOBODY;
    requested = false;
  }
}
