package io.github.nolabel.cli.console;

import java.io.PrintStream;

/**
 * Where words go.
 *
 * @param out results, for people or as JSON
 * @param err progress, notices and mistakes
 * @param terminal whether {@code err} understands a carriage return
 * @param program what was typed to start the program
 * @param interruption how the run is asked to stop
 */
public record Console(
    PrintStream out, PrintStream err, boolean terminal, String program, Interruption interruption) {

  /** The same with another place for results. */
  public Console withOut(PrintStream other) {
    return new Console(other, err, terminal, program, interruption);
  }

  /** A line for the person who waits. */
  public void notice(String line) {
    err.println(line);
    err.flush();
  }
}
