package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a session that share the turns of a loop with the one that runs its kernels. A
 * step has hundreds of loops, some of them shorter than it takes to wake a thread: helpers stay
 * awake for a moment after each, and let others have the processor meanwhile. A turn that a helper
 * has not begun is taken by whoever is free, so that nobody waits for a thread that the system has
 * put aside. oneDNN works on one thread in each turn.
 */
public final class Crew implements AutoCloseable {

  private final List<Helper> helpers;
  private volatile @Nullable Turns current;
  private volatile boolean closed;

  /**
   * @param threads with the one that calls {@link #run}
   */
  public Crew(int threads) {
    helpers = IntStream.range(1, threads).mapToObj(Helper::new).toList();
  }

  /**
   * Calls the task for 0 to {@code count} - 1, in any order and at once; returns when all are done.
   *
   * @throws IllegalStateException what a turn has thrown first
   */
  void run(int count, IntConsumer task) {
    Turns turns = new Turns(count, task);
    if (count > 1 && !helpers.isEmpty()) {
      current = turns;
      helpers.subList(0, Math.min(helpers.size(), count - 1)).forEach(Helper::call);
    }
    turns.take();
    turns.awaitEnd();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    helpers.forEach(Helper::call);
  }

  private final class Helper {

    private final Thread thread;
    private final Moment rest = new Moment();
    private boolean started;

    Helper(int number) {
      thread = new Thread(this::work, "nolabel-kernels-" + number);
      thread.setDaemon(true);
    }

    /** To the loop that there is now. */
    void call() {
      if (started) {
        rest.end(thread);
      } else if (!closed) {
        started = true;
        thread.start();
      }
    }

    private void work() {
      OneDnn.loaded().alone();
      Turns last = null;
      while (!closed) {
        Turns seen = last;
        rest.until(() -> closed || current != seen);
        last = current;
        if (last != null) {
          last.take();
        }
      }
    }
  }
}
