package io.github.nolabel.runtime.kernels.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The turns of one loop, each of which one thread takes. */
final class Turns {

  private final int count;
  private final IntConsumer task;
  private final Thread owner = Thread.currentThread();
  private final Moment end = new Moment();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Turns(int count, IntConsumer task) {
    this.count = count;
    this.task = task;
    this.left = new AtomicInteger(count);
  }

  /** Takes turns as long as there are any. */
  void take() {
    for (int turn = next.getAndIncrement(); turn < count; turn = next.getAndIncrement()) {
      one(turn);
    }
  }

  private void one(int turn) {
    try {
      task.accept(turn);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    } finally {
      if (left.decrementAndGet() == 0) {
        end.end(owner);
      }
    }
  }

  /**
   * Waits for the turns that others have begun.
   *
   * @throws IllegalStateException what a turn has thrown first
   */
  void awaitEnd() {
    end.until(() -> left.get() == 0);
    Throwable first = failure.get();
    if (first != null) {
      throw new IllegalStateException(first.getMessage(), first);
    }
  }
}
