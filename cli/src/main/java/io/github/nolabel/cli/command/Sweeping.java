package io.github.nolabel.cli.command;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.SweepRun;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.report.RunReport;
import io.github.nolabel.runs.report.SweepTable;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import java.util.List;

/** Carries out a sweep and tells what came out of it: a table, a page, and what failed. */
record Sweeping(Console console, OutputFiles files, Hearers heard, boolean json) {

  /** Returns the exit code: 1 if a run failed, 130 if somebody stopped the sweep. */
  int carryOut(SweepRun sweep, Path folder) {
    SweepTable table = sweep.train((run, number) -> watcher(run, number, sweep.size()));
    if (json) {
      console.out().print(Json.pretty(table.toJson()));
    } else {
      table.lines().forEach(console.out()::println);
      console.out().println("Table   " + sweep.file());
      report(table, folder.resolve("report.html"));
    }
    table.problems().forEach(console::notice);
    if (table.isStopped()) {
      console.notice("The sweep was stopped. It goes on when the same command is typed again.");
      return 130;
    }
    return table.problems().isEmpty() ? 0 : 1;
  }

  private RunWatcher watcher(Path run, int number, int runs) {
    console.notice("Run %d of %d: %s".formatted(number, runs, run));
    return heard.of(run);
  }

  private void report(SweepTable table, Path page) {
    List<Path> complete = table.complete();
    if (!complete.isEmpty()) {
      new RunReport(files, console::notice).of(complete, page);
      console.out().println("Report  " + page);
    }
  }
}
