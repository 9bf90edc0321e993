package io.github.nolabel.cli;

import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.cli.console.Signals;
import io.github.nolabel.runs.file.Disk;

/** Starts the program and ends the process with its exit code. */
public final class Main {

  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  public static void main(String[] args) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%5$s%6$s%n");
    }
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
    System.exit(new Program(console, Disk.LOCAL).run(args));
  }
}
