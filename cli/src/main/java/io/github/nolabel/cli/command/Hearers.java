package io.github.nolabel.cli.command;

import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.watch.EventLines;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.runs.watch.Watchers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who hears of a run: the person at the keyboard, and programs that read its events.
 *
 * @param events a file, or {@code -} for the output stream
 */
record Hearers(Console console, boolean failOnCollapse, Optional<String> events) {

  private static final String OUTPUT = "-";

  RunWatcher of(Path run) {
    List<RunWatcher> all = new ArrayList<>();
    all.add(new ConsoleWatcher(console, run, failOnCollapse));
    events.map(where -> lines(where, run)).ifPresent(all::add);
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
