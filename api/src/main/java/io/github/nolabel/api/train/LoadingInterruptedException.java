package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;

/** The thread was interrupted while it waited for a batch. Asking again waits again. */
public final class LoadingInterruptedException extends NolabelException {

  public LoadingInterruptedException(InterruptedException cause) {
    super("Interrupted while waiting for the next batch.", cause);
  }
}
