package io.github.nolabel.cli.console;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C, once and twice: the first one asks what runs to end in good order, the second one ends
 * the program at once. Where nothing can end in good order, the first one is the second.
 */
public final class Interruption {

  private final AtomicReference<Optional<Runnable>> stopper =
      new AtomicReference<>(Optional.empty());
  private final Runnable atOnce;

  /**
   * @param atOnce ends the program without further ado
   */
  public Interruption(Runnable atOnce) {
    this.atOnce = atOnce;
  }

  /** From now on, an interruption calls {@code stop}; it must return quickly. */
  public void during(Runnable stop) {
    stopper.set(Optional.of(stop));
  }

  /** From now on, an interruption ends the program. */
  public void over() {
    stopper.set(Optional.empty());
  }

  /** Somebody pressed Ctrl-C. */
  public void interrupt() {
    stopper.getAndSet(Optional.empty()).ifPresentOrElse(Runnable::run, atOnce);
  }
}
