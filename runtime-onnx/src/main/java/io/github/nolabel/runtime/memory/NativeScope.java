package io.github.nolabel.runtime.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owns native things; closing frees them, the youngest first. Closing twice is harmless. */
public final class NativeScope implements AutoCloseable {

  private final Deque<Runnable> releases = new ArrayDeque<>();

  /** Keeps {@code resource} until this scope closes, then releases it. */
  public <T> T own(T resource, java.util.function.Consumer<? super T> release) {
    releases.push(() -> release.accept(resource));
    return resource;
  }

  @Override
  public void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }
}
