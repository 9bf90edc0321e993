package io.github.nolabel.runtime.kernels.node;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting of a thread: awake at first, as waking it takes longer than most moments last. */
final class Moment {

  /** Nanoseconds: longer than from one kernel to the next. */
  private static final long AWAKE = 300_000;

  /** Looks between which nobody else may have the processor. */
  private static final int LOOKS = 2000;

  private volatile boolean asleep;

  /** Waits until this holds; whoever makes it hold says so to {@link #end} then. */
  void until(BooleanSupplier holds) {
    long began = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - began < AWAKE) {
        look(holds);
      } else {
        asleep = true;
        if (!holds.getAsBoolean()) {
          LockSupport.park(this);
        }
        asleep = false;
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // who waits lets others work
  private static void look(BooleanSupplier holds) {
    for (int i = 0; i < LOOKS && !holds.getAsBoolean(); i++) {
      Thread.onSpinWait();
    }
    if (!holds.getAsBoolean()) {
      Thread.yield();
    }
  }

  /** Wakes the thread that waits, if it sleeps. */
  void end(Thread waiting) {
    if (asleep) {
      LockSupport.unpark(waiting);
    }
  }
}
