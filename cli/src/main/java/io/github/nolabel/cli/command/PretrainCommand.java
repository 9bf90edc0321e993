package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.engine.Pretrainer;
import io.github.nolabel.runs.engine.Resumption;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunFile;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.file.OutputFiles;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.ConfigFile;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.RunPlan;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns from images without labels. */
@Command(
    name = "pretrain",
    description = "Train a backbone without labels, say what it learnt, and export it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PretrainCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Console console;
  private final OutputFiles files;

  @Mixin private RunFlags flags = new RunFlags();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with the same names; flags win over it.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the run goes; runs/METHOD-TIME unless said otherwise.")
  private @Nullable Path out;

  @Option(names = "--resume", description = "Go on with the run in --out.")
  private boolean resume;

  @Option(
      names = "--fail-on-collapse",
      description =
          "End with a checkpoint and exit code 4 when all images look alike to the network.")
  private boolean failOnCollapse;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  PretrainCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    ConfigFile file = config == null ? ConfigFile.NONE : ConfigFile.read(config);
    List<List<Assignment>> layers = List.of(file.assignments(), flags.assignments());
    Optional<Path> folder = Optional.ofNullable(out).or(file::out);
    return resume || file.resume()
        ? resume(layers, folder.orElseThrow(PretrainCommand::whichRun))
        : start(layers, folder);
  }

  private int start(List<List<Assignment>> layers, Optional<Path> folder) {
    RunPlan plan = new Planner(Defaults.STANDARD).plan(layers);
    RunDirectory directory = new RunDirectory(folder.orElseGet(() -> named(plan)));
    directory.requireFresh();
    return run(directory, plan, Optional.empty());
  }

  private int resume(List<List<Assignment>> layers, Path folder) {
    RunDirectory directory = new RunDirectory(folder);
    Resumption resumption = Resumption.of(directory, layers);
    if (resumption.isComplete()) {
      console.notice(
          "The run in %s is complete, there is nothing to resume.".formatted(directory.root()));
      return 0;
    }
    return run(directory, resumption.plan(), Optional.of(resumption.earlier()));
  }

  private int run(RunDirectory directory, RunPlan plan, Optional<RunFile> earlier) {
    Optional<RunResult> result =
        new Pretrainer(
                TrainingRuntime.find(), files, directory, new ConsoleWatcher(console, directory))
            .run(plan, earlier, failOnCollapse);
    result.ifPresent(r -> tell(r, directory));
    return result.isPresent() ? 0 : 130;
  }

  private void tell(RunResult result, RunDirectory directory) {
    if (json) {
      console.out().print(Json.pretty(result.toJson()));
    } else {
      ClosingLines.of(result, directory, console.program()).forEach(console.out()::println);
    }
  }

  private static Path named(RunPlan plan) {
    return Path.of(
        "runs",
        plan.run().method()
            + "-"
            + STAMP.format(LocalDateTime.now(java.time.ZoneId.systemDefault())));
  }

  private static UserMistake whichRun() {
    return new UserMistake("--resume needs the folder of the run: --out FOLDER.");
  }
}
