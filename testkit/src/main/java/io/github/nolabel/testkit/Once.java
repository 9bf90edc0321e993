package io.github.nolabel.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A result that several tests look at: whoever asks again gets the same one, or its failure. */
final class Once<T> {

  private final FutureTask<T> task;

  Once(Callable<T> task) {
    this.task = new FutureTask<>(task);
  }

  T get() {
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
