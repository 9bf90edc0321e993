package io.github.nolabel.data.load;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.LoadingInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A ring of batches that worker threads fill ahead of the reader. Workers take chunks of rows in
 * order, so the batch needed next is finished first.
 */
final class PrefetchedBatches implements BatchStream {

  /** One with the reader, one ready, one in the making. */
  private static final int RING = 3;

  private static final int CHUNK = 16;

  private final Object lock = new Object();
  private final BatchRecipe recipe;
  private final long first;
  private final int chunks;
  private final List<BatchSlot> ring = new ArrayList<>();
  private final List<Thread> workers = new ArrayList<>();
  private long nextChunk;
  private long delivered;
  private long released;
  private boolean closed;

  private PrefetchedBatches(BatchRecipe recipe, long first) {
    Require.that(first >= 0, "the first batch must not be negative, got " + first);
    this.recipe = recipe;
    this.first = first;
    this.chunks = (recipe.rows() + CHUNK - 1) / CHUNK;
    for (int i = 0; i < RING; i++) {
      ring.add(recipe.slot());
    }
  }

  static BatchStream start(BatchRecipe recipe, long first, int workerCount) {
    PrefetchedBatches stream = new PrefetchedBatches(recipe, first);
    for (int i = 0; i < workerCount; i++) {
      Thread worker = new Thread(stream::work, "nolabel-loader-" + i);
      worker.setDaemon(true);
      stream.workers.add(worker);
    }
    stream.workers.forEach(Thread::start);
    return stream;
  }

  @Override
  public Batch next() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the stream is closed");
      }
      released = delivered;
      lock.notifyAll();
      BatchSlot slot = ring.get((int) (delivered % RING));
      awaitUntil(() -> slot.index == delivered && slot.missing == 0);
      rethrow(slot.failure);
      delivered++;
      return slot.batch();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      interrupted |= !ended(worker);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    ring.clear();
  }

  private void work() {
    BatchRecipe.Renderer renderer = recipe.renderer();
    for (long chunk = claim(); chunk >= 0; chunk = claim()) {
      long batch = chunk / chunks;
      BatchSlot slot = ring.get((int) (batch % RING));
      int row = (int) (chunk % chunks) * CHUNK;
      @Nullable Throwable failure = null;
      try {
        renderer.render(first + batch, row, Math.min(row + CHUNK, recipe.rows()), slot);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      finish(slot, failure);
    }
  }

  /** The next chunk once its slot is free; -1 when the stream is closed. */
  private long claim() {
    synchronized (lock) {
      awaitUntil(() -> closed || nextChunk / chunks < released + RING);
      if (closed) {
        return -1;
      }
      long chunk = nextChunk++;
      if (chunk % chunks == 0) {
        BatchSlot slot = ring.get((int) (chunk / chunks % RING));
        slot.index = chunk / chunks;
        slot.missing = chunks;
        slot.failure = null;
      }
      return chunk;
    }
  }

  private void finish(BatchSlot slot, @Nullable Throwable failure) {
    synchronized (lock) {
      slot.missing--;
      if (slot.failure == null) {
        slot.failure = failure;
      }
      if (slot.missing == 0) {
        lock.notifyAll();
      }
    }
  }

  /** Gives up the lock until the condition holds. */
  private void awaitUntil(BooleanSupplier condition) {
    synchronized (lock) {
      try {
        while (!condition.getAsBoolean()) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LoadingInterruptedException(e);
      }
    }
  }

  private static boolean ended(Thread worker) {
    try {
      worker.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }
}
