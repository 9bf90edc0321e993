package io.github.nolabel.runs.watch;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NamedServices;
import java.nio.file.Path;
import java.util.Collection;
import java.util.ServiceLoader;

/** The places by name that runs can be written down at. */
public record RunLogs(NamedServices<RunLog> kinds) {

  /** Those that this library's class loader sees. */
  public static RunLogs standard() {
    return of(RunLogs.class.getClassLoader());
  }

  /** Those that {@code loader} sees. */
  public static RunLogs of(ClassLoader loader) {
    return new RunLogs(NamedServices.index("log", ServiceLoader.load(RunLog.class, loader)));
  }

  /** In the order of their names. */
  public Collection<RunLog> all() {
    return kinds.all();
  }

  /**
   * A watcher that writes down one run.
   *
   * @param target such as {@code mlflow=http://localhost:5000}
   * @param run the run's folder
   * @throws UserMistake if there is no such place, or its address is none
   */
  public RunWatcher open(String target, Path run) {
    int equals = target.indexOf('=');
    if (equals <= 0 || equals == target.length() - 1) {
      throw new UserMistake(
          "A log is named as KIND=ADDRESS, such as mlflow=http://localhost:5000, got '%s'."
              .formatted(target));
    }
    return kinds.require(target.substring(0, equals)).open(target.substring(equals + 1), run);
  }
}
