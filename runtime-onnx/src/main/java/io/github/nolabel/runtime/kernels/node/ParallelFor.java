package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtKernelContext;

/**
 * Loops over the threads of ONNX Runtime's pool. oneDNN works on one thread in each turn, so that
 * the pool's size is the number of threads, and nobody waits at a barrier for a thread that the
 * system has put aside.
 */
final class ParallelFor {

  private static final ParallelFor PROCESS = new ParallelFor();

  private final Map<Long, Loop> running = new ConcurrentHashMap<>();
  private final AtomicLong names = new AtomicLong(1);
  private final OrtApi.Fn_Pointer_long turn = new Turn();

  private ParallelFor() {}

  /**
   * Calls the task for 0 to {@code count} - 1, in any order and at once; returns when all are done.
   *
   * @throws RuntimeException the first one that a turn has thrown
   */
  static void run(OrtLibrary library, OrtKernelContext context, int count, IntConsumer task) {
    if (count == 1) {
      task.accept(0);
    } else {
      PROCESS.loop(library, context, count, task);
    }
  }

  private void loop(OrtLibrary library, OrtKernelContext context, int count, IntConsumer task) {
    long name = names.getAndIncrement();
    Loop loop = new Loop(task, new AtomicReference<>());
    running.put(name, loop);
    try {
      library
          .errors()
          .check(
              library.api().KernelContext_ParallelFor(context, turn, count, count, new Name(name)),
              "use its threads");
    } finally {
      running.remove(name);
    }
    Throwable failure = loop.failure().get();
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private void take(long name, int index) {
    Loop loop = running.get(name);
    if (loop == null) {
      return;
    }
    try {
      OneDnn.loaded().alone();
      loop.task().accept(index);
    } catch (Throwable e) {
      loop.failure().compareAndSet(null, e);
    }
  }

  /** A number where a pointer is passed on. */
  private static final class Name extends Pointer {
    Name(long value) {
      address = value;
    }
  }

  private record Loop(IntConsumer task, AtomicReference<Throwable> failure) {}

  /** Called by native threads; nothing may be thrown out of it. */
  private final class Turn extends OrtApi.Fn_Pointer_long {
    @Override
    public void call(Pointer given, long index) {
      take(given.address(), (int) index);
    }
  }
}
