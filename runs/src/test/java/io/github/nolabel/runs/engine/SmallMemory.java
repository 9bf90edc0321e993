package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.MemoryExhaustedException;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A runtime whose memory holds batches up to a size; all else the real one does. */
final class SmallMemory {

  static final long BYTES = 3L << 30;

  /** The batches that were tried, in order, and how many sessions are open. */
  final List<Integer> tried = new ArrayList<>();

  int open;

  private final TrainingRuntime real = TrainingRuntime.find();
  private final int largest;
  private final boolean whenOpening;
  private final @Nullable RuntimeException afterwards;

  /**
   * @param largest batch that fits
   * @param whenOpening whether the session cannot be opened, rather than the step not be taken
   * @param afterwards thrown in place of a second attempt; null for a second attempt
   */
  SmallMemory(int largest, boolean whenOpening, @Nullable RuntimeException afterwards) {
    this.largest = largest;
    this.whenOpening = whenOpening;
    this.afterwards = afterwards;
  }

  SmallMemory(int largest) {
    this(largest, false, null);
  }

  TrainingRuntime runtime() {
    return proxy(
        TrainingRuntime.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "memory" -> OptionalLong.of(BYTES);
              case "open" -> trainer((TrainerSettings) arguments[1], method, arguments);
              default -> call(real, method, arguments);
            });
  }

  private Trainer trainer(TrainerSettings settings, Method method, Object[] arguments)
      throws Throwable {
    int batch = settings.run().batchSize();
    if (!tried.isEmpty() && afterwards != null) {
      throw afterwards;
    }
    tried.add(batch);
    if (whenOpening) {
      requireFits(batch);
    }
    Trainer trainer = (Trainer) call(real, method, arguments);
    open++;
    boolean[] closed = new boolean[1];
    return proxy(
        Trainer.class,
        (proxy, called, given) -> {
          if (called.getName().equals("train")) {
            requireFits(batch);
          }
          if (called.getName().equals("close") && !closed[0]) {
            closed[0] = true;
            open--;
          }
          return call(trainer, called, given);
        });
  }

  private void requireFits(int batch) {
    if (batch > largest) {
      if (open > 1) {
        throw new IllegalStateException("the session that failed is still open");
      }
      throw new MemoryExhaustedException("Failed to allocate memory for requested buffer");
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
