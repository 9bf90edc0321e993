package io.github.nolabel.cli.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Listens for Ctrl-C and for the polite way of ending a process. A shutdown hook would not do: the
 * virtual machine ignores a second Ctrl-C while hooks run.
 */
public final class Signals {

  private Signals() {}

  /** Calls the interruption on the signals INT and TERM, where the platform has them. */
  public static void deliverTo(Interruption interruption) {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        handle(name, interruption::interrupt);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        System.getLogger(Signals.class.getName())
            .log(System.Logger.Level.DEBUG, "No handler for the signal " + name, e);
      }
    }
  }

  /** By reflection: the compiler objects to the class by name, and other vendors may lack it. */
  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) -> answer(self, method.getName(), arguments, action));
    try {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    }
  }

  private static @org.jspecify.annotations.Nullable Object answer(
      Object self,
      String method,
      Object @org.jspecify.annotations.Nullable [] arguments,
      Runnable action) {
    switch (method) {
      case "handle" -> action.run();
      case "equals" -> {
        return arguments != null && arguments[0] == self;
      }
      case "hashCode" -> {
        return System.identityHashCode(self);
      }
      default -> {
        return "signal handler";
      }
    }
    return null;
  }
}
