package io.github.nolabel.cli;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.cli.console.Signals;
import java.nio.file.InvalidPathException;

/** Starts the program and ends the process with its exit code. */
public final class Main {

  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%5$s%6$s%n");
    }
    try {
      PlugIns plugIns = PlugIns.of(args, System.getenv().getOrDefault("NOLABEL_PLUGINS", ""));
      String[] words = plugIns.arguments().toArray(String[]::new);
      if (plugIns.folder().isEmpty()) {
        System.exit(run(words));
      }
      ClassLoader loader = plugIns.loader();
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> main = Class.forName(Main.class.getName(), true, loader);
      System.exit((int) main.getMethod("run", String[].class).invoke(null, (Object) words));
    } catch (UserMistake e) {
      System.err.println("nolabel: " + e.getMessage());
      System.exit(ExitCodes.MISTAKE);
    } catch (InvalidPathException e) {
      System.err.println("nolabel: " + PathNames.why(e));
      System.exit(ExitCodes.MISTAKE);
    }
  }

  /** The program with what its own class loader sees; returns the exit code. */
  public static int run(String... args) {
    Interruption interruption =
        new Interruption(() -> Runtime.getRuntime().halt(ExitCodes.INTERRUPTED));
    Signals.deliverTo(interruption);
    Console console =
        new Console(
            System.out,
            System.err,
            Boolean.getBoolean("nolabel.terminal"),
            System.getProperty("nolabel.program", "nolabel"),
            interruption);
    return new Program(console, Disk.LOCAL).run(args);
  }
}
