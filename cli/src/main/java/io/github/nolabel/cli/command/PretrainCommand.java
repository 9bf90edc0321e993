package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.SweepRun;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.ConfigFile;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.Sweep;
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

  @Mixin private ClusterFlags cluster = new ClusterFlags();

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

  @Option(
      names = "--resume",
      description = "Go on with the run in --out; with more --epochs, train it longer.")
  private boolean resume;

  @Option(
      names = "--fail-on-collapse",
      description =
          "End with a checkpoint and exit code 4 when all images look alike to the network.")
  private boolean failOnCollapse;

  @Option(
      names = "--sweep",
      arity = "1..*",
      paramLabel = "NAME=V,V",
      description =
          "A run for each combination of these values, one after another, in folders below --out:"
              + " --sweep seed=1,2,3 temperature=0.1,0.2. Typed again, it goes on.")
  private List<String> sweep = List.of();

  @Option(
      names = "--print-config",
      description = "Print every option with its value, as YAML for --config, and train nothing.")
  private boolean printConfig;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Add what happens to FILE, one JSON object a line; - is the output stream.")
  private @Nullable String events;

  @Option(
      names = "--log-to",
      paramLabel = "KIND=ADDRESS",
      description =
          "Write the run down elsewhere, too: mlflow=URL, csv=FOLDER; 'methods' lists all.")
  private List<String> logs = List.of();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  PretrainCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    ConfigFile file = config == null ? ConfigFile.NONE : ConfigFile.read(config);
    RunPlan plan = RunPlan.layered(List.of(file.assignments(), flags.assignments()));
    Optional<Path> folder = Optional.ofNullable(out).or(file::out);
    if (printConfig) {
      console.out().print(resolved(plan, folder, resume || file.resume()).toYaml());
      return 0;
    }
    if (!sweep.isEmpty()) {
      return sweep(plan, folder);
    }
    return resume || file.resume()
        ? resume(plan, folder.orElseThrow(PretrainCommand::whichRun))
        : start(plan, folder);
  }

  /** What would be trained; of a run in a folder, what it was asked to be. */
  private ResolvedPlan resolved(RunPlan plan, Optional<Path> folder, boolean goingOn) {
    return goingOn
        ? engine().resume(folder.orElseThrow(PretrainCommand::whichRun), plan).plan()
        : engine().resolve(plan);
  }

  private int start(RunPlan plan, Optional<Path> folder) {
    ResolvedPlan whole = engine().resolve(plan);
    try (TrainingRuntime runtime = cluster.runtime(whole)) {
      return train(engine(runtime).create(plan, folder.orElseGet(() -> named(whole, ""))));
    }
  }

  private int sweep(RunPlan plan, Optional<Path> folder) {
    if (cluster.given()) {
      throw new UserMistake(
          "--sweep trains on this machine alone: leave out --spark, or train one combination after another.");
    }
    Engine engine = engine();
    Path place = folder.orElseGet(() -> named(engine.resolve(plan), "-sweep"));
    return new Sweeping(results(), files, heard(), json)
        .carryOut(new SweepRun(engine, plan, Sweep.parse(sweep), place, files), place);
  }

  private int resume(RunPlan plan, Path folder) {
    Run run = engine().resume(folder, plan);
    if (run.isComplete()) {
      console.notice(
          "The run in %s is complete, there is nothing to resume. More epochs than its %d: --resume --epochs MORE."
              .formatted(run.directory(), run.settings().run().epochs()));
      return 0;
    }
    try (TrainingRuntime runtime = cluster.runtime(run.plan())) {
      return train(engine(runtime).resume(folder, plan));
    }
  }

  private int train(Run run) {
    if (!run.train(heard().of(run.directory()))) {
      return 130;
    }
    tell(run.result(), new RunDirectory(run.directory()));
    return 0;
  }

  private Hearers heard() {
    return new Hearers(console, failOnCollapse, Optional.ofNullable(events), logs, cluster.typed());
  }

  /** Where results go: the output stream, unless events have it to themselves. */
  private Console results() {
    return heard().takeOutput() ? console.withOut(console.err()) : console;
  }

  private Engine engine() {
    return engine(TrainingRuntime.find());
  }

  private Engine engine(TrainingRuntime runtime) {
    return new Engine(runtime, Catalogue.standard(), files, List.of());
  }

  private void tell(RunResult result, RunDirectory directory) {
    if (json) {
      results().out().print(Json.pretty(result.toJson()));
    } else {
      ClosingLines.of(result, directory, console.program()).forEach(results().out()::println);
    }
  }

  private static Path named(ResolvedPlan plan, String ending) {
    return Path.of(
        "runs",
        plan.settings().run().method()
            + "-"
            + STAMP.format(LocalDateTime.now(java.time.ZoneId.systemDefault()))
            + ending);
  }

  private static UserMistake whichRun() {
    return new UserMistake("--resume needs the folder of the run: --out FOLDER.");
  }
}
