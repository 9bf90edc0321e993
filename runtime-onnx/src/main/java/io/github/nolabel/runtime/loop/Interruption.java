package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.train.LoadingInterruptedException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/**
 * An interruption of the training thread is a request to stop. While the request is carried out the
 * thread's flag is down, as files cannot be written with it; afterwards it is up again.
 */
final class Interruption {

  private boolean seen;

  /** Whether somebody has interrupted this thread since the work began. */
  boolean seen() {
    seen |= Thread.interrupted();
    return seen;
  }

  /** Carries out {@code work}, and does so again if an interruption got in its way. */
  <T> T outlast(Supplier<T> work) {
    while (true) {
      seen();
      try {
        return work.get();
      } catch (RuntimeException e) {
        if (!isInterruption(e)) {
          throw e;
        }
        seen = true;
      }
    }
  }

  /** Leaves the thread's flag as those who interrupted it expect to find it. */
  void restore() {
    if (seen()) {
      seen = false;
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isInterruption(RuntimeException e) {
    return e instanceof LoadingInterruptedException
        || e.getCause() instanceof ClosedByInterruptException;
  }
}
