package io.github.nolabel.spark;

import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The workers that stay in this executor between rounds. Whoever takes part in a round takes one
 * out, so a second attempt of the same task builds its own.
 */
final class Workers {

  private static final Map<Key, Worker> IDLE = new ConcurrentHashMap<>();

  private Workers() {}

  /**
   * What a worker makes of its task; it is built where it is not here, sits on another card, or was
   * lost to a failure.
   *
   * @param card which one to compute on; empty for the plan's
   */
  static <T> T with(WorkerJob job, int number, OptionalInt card, Function<Worker, T> task) {
    Key key = new Key(job.run(), number);
    @Nullable Worker idle = idleOn(card, IDLE.remove(key));
    Worker worker = idle == null ? Worker.open(job, number, card) : idle;
    try {
      T result = task.apply(worker);
      keep(key, worker);
      return result;
    } catch (RuntimeException | Error e) {
      closeAfter(e, worker);
      throw e;
    }
  }

  private static @Nullable Worker idleOn(OptionalInt card, @Nullable Worker idle) {
    if (idle == null || idle.card().equals(card)) {
      return idle;
    }
    idle.close();
    return null;
  }

  private static void keep(Key key, Worker worker) {
    @Nullable Worker second = IDLE.putIfAbsent(key, worker);
    if (second != null) {
      worker.close();
    }
  }

  private static void closeAfter(Throwable failure, Worker worker) {
    try {
      worker.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Closes a run's workers. */
  static void close(String run) {
    for (Iterator<Map.Entry<Key, Worker>> all = IDLE.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, Worker> entry = all.next();
      if (entry.getKey().run().equals(run) && IDLE.remove(entry.getKey(), entry.getValue())) {
        entry.getValue().close();
      }
    }
  }

  /** How many wait here for a run's next round. */
  static long idle(String run) {
    return IDLE.keySet().stream().filter(key -> key.run().equals(run)).count();
  }

  private record Key(String run, int worker) {}
}
