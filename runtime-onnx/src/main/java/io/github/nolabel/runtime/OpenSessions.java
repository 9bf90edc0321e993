package io.github.nolabel.runtime;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The trainers and models that a runtime has opened and nobody has closed or forgotten yet. */
final class OpenSessions implements AutoCloseable {

  private final Set<AutoCloseable> open = Collections.newSetFromMap(new WeakHashMap<>());
  private boolean closed;

  synchronized <S extends AutoCloseable> S with(S session) {
    open.add(session);
    return session;
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the runtime was closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    List<AutoCloseable> left = List.copyOf(open);
    open.clear();
    for (AutoCloseable session : left) {
      close(session);
    }
  }

  private static void close(AutoCloseable session) {
    try {
      session.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
