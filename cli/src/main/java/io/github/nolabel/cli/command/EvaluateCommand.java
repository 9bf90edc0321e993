package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.command.NetworkFlags.Opened;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.load.LabelledSet;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.ProbeProtocol;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.evaluation.ZeroShot;
import io.github.nolabel.runs.engine.Classifying;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        "Say what a network has learnt, by its features' nearest neighbours, a linear classifier, or fine-tuning a copy.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

  private final Console console;
  private final OutputFiles files;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, or an exported ONNX file.")
  private Path run = Path.of("");

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "knn, linear, finetune, retrieval or zero-shot, or several: knn,linear.",
      defaultValue = Protocols.KNN)
  private String protocol = Protocols.KNN;

  @Option(
      names = {"--k", "-k"},
      paramLabel = "N",
      description =
          "How many neighbours vote (knn); the data's choice unless said otherwise. How many guesses count (zero-shot); 5.")
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
    List<String> protocols = Protocols.parse(protocol);
    Map<String, ProbeProtocol> classifiers = probes.choose(protocols);
    NeighbourEvaluation evaluation = evaluation();
    int k = neighbours == null ? 0 : (int) Numbers.within("k", neighbours, 1, 1e6);
    TrainingRuntime runtime = TrainingRuntime.find();
    Opened opened = network.open(run, runtime);
    Map<String, List<Subject>> subjects = new LinkedHashMap<>();
    protocols.stream()
        .filter(name -> !Protocols.readsTexts(name))
        .forEach(name -> subjects.put(name, network.subjects(opened, name)));
    RunConfig config = config(opened);
    runtime.device(config.deviceSettings());
    if (opened.run().isPresent()) {
      classifiers.values().forEach(options -> OutputFiles.requireWritable(file(options)));
    }
    Dataset data = Datasets.open(config.data(), config.datasetSettings(), console::notice);
    List<ProtocolReport> reports = new ArrayList<>();
    HeldOut asked = subjects.isEmpty() ? data.heldOut() : asked(data, k);
    subjects.forEach(
        (name, networks) -> {
          ProbeProtocol options = classifiers.get(name);
          reports.add(
              options == null
                  ? KnnReport.of(networks, asked, evaluation, runtime, config.deviceSettings())
                  : classified(networks, options, data, config, runtime));
        });
    protocols.stream()
        .filter(Protocols::readsTexts)
        .forEach(name -> reports.add(words(name, opened, data, runtime)));
    tell(reports, opened, data);
    return 0;
  }

  private ProtocolReport words(
      String protocol, Opened opened, Dataset data, TrainingRuntime runtime) {
    int topK = neighbours == null ? 5 : (int) Numbers.within("k", neighbours, 1, 1e6);
    Map<String, Towers> towers = network.towers(run, opened, runtime);
    try {
      TowerProtocols protocols =
          new TowerProtocols(towers, network.subjects(opened, protocol).get(0), data);
      return protocol.equals(Protocols.RETRIEVAL)
          ? protocols.retrieval()
          : protocols.zeroShot(templates == null ? ZeroShot.TEMPLATES : lines(templates), topK);
    } finally {
      towers.values().forEach(Towers::close);
    }
  }

  private static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "There is no file %s; name one with a template a line.".formatted(file));
    }
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private RunConfig config(Opened opened) {
    return opened
        .run()
        .map(trained -> flags.over(trained.plan().run()))
        .orElseGet(
            () -> flags.overDefaults(opened.file().orElseThrow().card().provenance().get("data")));
  }

  private ClassificationReport classified(
      List<Subject> networks,
      ProbeProtocol options,
      Dataset data,
      RunConfig config,
      TrainingRuntime runtime) {
    ClassificationTask task =
        LabelledSet.task(data.labelled().orElseThrow(), config.loaderThreads());
    Classifying classifying =
        new Classifying(Probes.on(runtime, config.deviceSettings()), task, console::notice);
    return new ClassificationReport(
        options, networks.stream().map(n -> classifying.outcome(n, options)).toList());
  }

  private NeighbourEvaluation evaluation() {
    return temperature == null
        ? NeighbourEvaluation.STANDARD
        : new NeighbourEvaluation(Numbers.within("temperature", temperature, 1e-3, 10));
  }

  private static HeldOut asked(Dataset data, int k) {
    HeldOut heldOut = data.heldOut();
    if (heldOut.questions().isEmpty()) {
      throw new UserMistake(
          "Nothing in '%s' is labelled, so there is nothing to ask; put the images into one folder per class."
              .formatted(data.source()));
    }
    List<NeighbourQuestion> questions =
        heldOut.questions().stream().map(q -> k > 0 ? q.withNeighbours(k) : q).toList();
    return new HeldOut(heldOut.images(), questions, heldOut.rounds());
  }

  private Path file(ProbeProtocol options) {
    return new RunDirectory(run).evaluation(options.name(), options.fraction());
  }

  private void tell(List<ProtocolReport> reports, Opened opened, Dataset data) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!json) {
      console.out().printf(Locale.ROOT, "%s on %s%n", run, data.source());
    }
    for (ProtocolReport report : reports) {
      Map<String, Object> one = described(report, opened, data);
      described.put(report.protocol(), one);
      List<String> lines = new ArrayList<>(report.lines());
      if (opened.run().isPresent() && report instanceof ClassificationReport classified) {
        lines.add("  written to " + write(classified, one));
      }
      if (!json) {
        lines.forEach(console.out()::println);
      }
    }
    if (json) {
      console.out().print(Json.pretty(reports.size() == 1 ? first(described) : described));
    }
  }

  private static Object first(Map<String, Object> described) {
    return described.values().iterator().next();
  }

  private Path write(ClassificationReport report, Map<String, Object> described) {
    Path file = file(report.options());
    files.write(file.resolveSibling(file.getFileName() + "l"), report.metrics());
    files.write(file, Json.pretty(described));
    return file;
  }

  private Map<String, Object> described(ProtocolReport report, Opened opened, Dataset data) {
    Map<String, String> provenance = report.trained().backbone().card().provenance();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("model", run.toString());
    described.put("checkpoint", opened.checkpoint().map(Path::toString).orElse(""));
    described.put("step", provenance.getOrDefault("step", ""));
    described.put("cut", provenance.getOrDefault("cut", ""));
    described.put("data", data.source());
    described.put("protocol", report.protocol());
    described.put("featureWidth", report.trained().backbone().featureWidth());
    described.putAll(report.described());
    return described;
  }
}
