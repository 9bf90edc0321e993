package io.github.nolabel.cli.command;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.command.NetworkFlags.Opened;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.protocol.Examination;
import io.github.nolabel.runs.protocol.Protocol;
import io.github.nolabel.runs.protocol.Protocols;
import io.github.nolabel.runs.protocol.Question;
import io.github.nolabel.runs.protocol.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a network has learnt; the run's own files are only read. */
@Command(
    name = "evaluate",
    description =
        "Say what a network has learnt, by its features' nearest neighbours, a linear classifier,"
            + " or fine-tuning a copy.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

  private static final String STANDARD = "knn";

  private final Console console;
  private final OutputFiles files;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, or an exported ONNX file.")
  private Path run = Path.of("");

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}; or several: knn,linear.",
      completionCandidates = Names.class,
      defaultValue = STANDARD)
  private String protocol = STANDARD;

  @Option(
      names = {"--k", "-k"},
      paramLabel = "N",
      description =
          "How many neighbours vote (knn); the data's choice unless said otherwise. How many"
              + " guesses count (zero-shot); 5.")
  private @Nullable String neighbours;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Votes weigh exp(cosine / T) (knn); 0.07 unless said otherwise.")
  private @Nullable String temperature;

  @Option(
      names = "--templates",
      paramLabel = "FILE",
      description = "Sentences with {} for the class's name, one a line (zero-shot).")
  private @Nullable Path templates;

  @Mixin private NetworkFlags network = new NetworkFlags();

  @Mixin private ProbeFlags probes = new ProbeFlags();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  EvaluateCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    Protocols protocols = Protocols.standard();
    List<Question<?>> questions = questions(protocols, protocols.parse(protocol));
    TrainingRuntime runtime = TrainingRuntime.find();
    Opened opened = network.open(run, runtime);
    questions.forEach(question -> question.check(opened.networks()));
    RunConfig config = config(opened);
    runtime.device(config.deviceSettings());
    if (opened.run().isPresent()) {
      questions.forEach(
          question -> question.file().map(this::file).ifPresent(OutputFiles::requireWritable));
    }
    Dataset data = Datasets.open(config.data(), config.datasetSettings(), console::notice);
    Examination examination =
        new Examination(
            opened.networks(),
            data,
            runtime,
            config.deviceSettings(),
            config.loaderThreads(),
            console::notice);
    Map<Question<?>, Report> reports = new LinkedHashMap<>();
    questions.forEach(question -> reports.put(question, question.ask(examination)));
    tell(reports, opened, data);
    return 0;
  }

  private List<Question<?>> questions(Protocols protocols, List<Protocol<?>> chosen) {
    List<Assignment> given = new ArrayList<>(probes.assignments());
    List<String> names = chosen.stream().<String>map(Protocol::name).toList();
    if (temperature != null) {
      Numbers.within("temperature", temperature, 1e-3, 10);
      shorthand(given, names, "knn.temperature", temperature);
    }
    if (neighbours != null) {
      String count = Long.toString(Numbers.whole("k", neighbours, 1, 1e6));
      shorthand(given, names, "knn.k", count);
      shorthand(given, names, "zero-shot.guesses", count);
    }
    if (templates != null) {
      shorthand(given, names, "zero-shot.templates", templates.toString());
    }
    return protocols.choose(chosen, given);
  }

  /** A flag that says nothing to other protocols than the one it is about. */
  private static void shorthand(
      List<Assignment> given, List<String> chosen, String option, String value) {
    if (chosen.contains(option.substring(0, option.indexOf('.')))) {
      given.add(new Assignment(option, value, ""));
    }
  }

  private RunConfig config(Opened opened) {
    return opened
        .run()
        .map(trained -> flags.over(trained.plan().run()))
        .orElseGet(
            () ->
                flags.overDefaults(
                    opened.networks().file().orElseThrow().card().provenance().get("data")));
  }

  private Path file(String name) {
    return new RunDirectory(run).evaluation(name, ".json");
  }

  private void tell(Map<Question<?>, Report> reports, Opened opened, Dataset data) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!json) {
      console.out().printf(Locale.ROOT, "%s on %s%n", run, data.source());
    }
    reports.forEach(
        (question, report) -> {
          Map<String, Object> one = described(question, report, opened, data);
          described.put(question.protocol().name(), one);
          List<String> lines = new ArrayList<>(report.lines());
          if (opened.run().isPresent()) {
            question
                .file()
                .ifPresent(name -> lines.add("  written to " + write(name, report, one)));
          }
          if (!json) {
            lines.forEach(console.out()::println);
          }
        });
    if (json) {
      console.out().print(Json.pretty(reports.size() == 1 ? first(described) : described));
    }
  }

  private static Object first(Map<String, Object> described) {
    return described.values().iterator().next();
  }

  private Path write(String name, Report report, Map<String, Object> described) {
    Path file = file(name);
    if (!report.history().isEmpty()) {
      StringBuilder lines = new StringBuilder();
      report.history().forEach(line -> lines.append(Json.compact(line)).append('\n'));
      files.write(new RunDirectory(run).evaluation(name, ".jsonl"), lines.toString());
    }
    files.write(file, Json.pretty(described));
    return file;
  }

  private Map<String, Object> described(
      Question<?> question, Report report, Opened opened, Dataset data) {
    Map<String, String> provenance = report.trained().backbone().card().provenance();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("model", run.toString());
    described.put("checkpoint", opened.checkpoint().map(Path::toString).orElse(""));
    described.put("step", provenance.getOrDefault("step", ""));
    described.put("cut", provenance.getOrDefault("cut", ""));
    described.put("data", data.source());
    described.put("protocol", question.protocol().name());
    described.put("featureWidth", report.trained().backbone().featureWidth());
    described.putAll(report.described());
    return described;
  }

  /** For the help. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Protocols.standard().names().iterator();
    }
  }
}
