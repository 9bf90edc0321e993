package io.github.nolabel.cli.command;

import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.watch.EventLines;
import io.github.nolabel.runs.watch.RunLogs;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.runs.watch.Watchers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who hears of a run: the person at the keyboard, programs that read its events, and logs.
 *
 * @param events a file, or {@code -} for the output stream
 * @param logs such as {@code mlflow=http://localhost:5000}
 * @param cluster flags with which a run that was stopped goes on, each with a blank before it
 */
record Hearers(
    Console console,
    boolean failOnCollapse,
    Optional<String> events,
    List<String> logs,
    String cluster) {

  private static final String OUTPUT = "-";

  RunWatcher of(Path run) {
    List<RunWatcher> all = new ArrayList<>();
    all.add(new ConsoleWatcher(console, run, failOnCollapse, cluster));
    events.map(where -> lines(where, run)).ifPresent(all::add);
    logs.forEach(log -> all.add(RunLogs.standard().open(log, run)));
    return new Watchers(all);
  }

  /** Whether the output stream holds events and should hold nothing else. */
  boolean takeOutput() {
    return events.filter(OUTPUT::equals).isPresent();
  }

  private EventLines lines(String where, Path run) {
    return where.equals(OUTPUT)
        ? EventLines.to(console.out(), run)
        : EventLines.to(Path.of(where), run);
  }
}
