package io.github.nolabel.cli.command;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what runs have learnt on one page. */
@Command(
    name = "report",
    description = "Write one HTML page about a run, or about several beside each other.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {

  private final Console console;
  private final OutputFiles files;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folder of a run.")
  private List<Path> runs = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the page goes; report.html in the first run unless said otherwise.")
  private @Nullable Path output;

  ReportCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    Path page = Optional.ofNullable(output).orElseGet(() -> runs.get(0).resolve("report.html"));
    new RunReport(files, console::notice).of(runs, page);
    console.out().println("Report: " + page);
    return 0;
  }
}
