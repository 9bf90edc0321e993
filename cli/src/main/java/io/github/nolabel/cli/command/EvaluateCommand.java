package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.eval.NeighbourEvaluation;
import io.github.nolabel.api.eval.NeighbourQuestion;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.api.spi.Suggestions;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.file.Json;
import io.github.nolabel.cli.run.Neighbours;
import io.github.nolabel.cli.settings.RunConfig;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.HeldOut;
import java.nio.file.Path;
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

/** Says how good frozen features are; the run's files are only read. */
@Command(
    name = "evaluate",
    description = "Ask held-out images for their nearest neighbours in feature space.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

  private static final List<String> PROTOCOLS = List.of("knn");

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, or an exported ONNX file.")
  private Path run = Path.of("");

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(names = "--protocol", paramLabel = "NAME", description = "knn.", defaultValue = "knn")
  private String protocol = "knn";

  @Option(
      names = {"--k", "-k"},
      paramLabel = "N",
      description = "How many neighbours vote; the data's choice unless said otherwise.")
  private @Nullable String neighbours;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Votes weigh exp(cosine / T); 0.07 unless said otherwise.")
  private @Nullable String temperature;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "One of the run's checkpoints; the newest unless said otherwise.")
  private @Nullable Path checkpoint;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkProtocol();
    NeighbourEvaluation evaluation = evaluation();
    int k = neighbours == null ? 0 : (int) Numbers.within("k", neighbours, 1, 1e6);
    TrainingRuntime runtime = Nolabel.runtime();
    Source source = Source.open(run, runtime, BackboneExporter.BACKBONE, checkpoint);
    RunConfig config =
        source
            .run()
            .map(trained -> flags.over(trained.plan().run()))
            .orElseGet(() -> flags.overDefaults(source.backbone().card().provenance().get("data")));
    runtime.device(config.deviceSettings());
    Dataset data = Datasets.open(config.data(), config.datasetSettings(), console::notice);
    HeldOut asked = asked(data, k);
    Map<String, Double> accuracies =
        Neighbours.of(source.backbone(), asked, evaluation, runtime, config.deviceSettings());
    tell(source, data, asked, evaluation, accuracies);
    return 0;
  }

  private void checkProtocol() {
    if (!PROTOCOLS.contains(Suggestions.fold(protocol))) {
      throw new UserMistake(
          "No protocol '%s'.%s Protocols: %s."
              .formatted(
                  protocol,
                  Suggestions.didYouMean(protocol, PROTOCOLS),
                  String.join(", ", PROTOCOLS)));
    }
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
          "Nothing in '%s' is labelled, so there is nothing to ask the neighbours; put the images into one folder per class."
              .formatted(data.source()));
    }
    List<NeighbourQuestion> questions =
        heldOut.questions().stream().map(q -> k > 0 ? q.withNeighbours(k) : q).toList();
    return new HeldOut(heldOut.images(), questions, heldOut.rounds());
  }

  private void tell(
      Source source,
      Dataset data,
      HeldOut asked,
      NeighbourEvaluation evaluation,
      Map<String, Double> accuracies) {
    if (json) {
      console.out().print(Json.pretty(described(source, data, asked, evaluation, accuracies)));
      return;
    }
    console.out().printf(Locale.ROOT, "%s on %s%n", run, data.source());
    for (NeighbourQuestion question : asked.questions()) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "  %-24s %6.2f %%  (k = %d)%n",
              question.name(),
              100 * accuracies.getOrDefault(question.name(), Double.NaN),
              question.neighbours());
    }
  }

  private Map<String, Object> described(
      Source source,
      Dataset data,
      HeldOut asked,
      NeighbourEvaluation evaluation,
      Map<String, Double> accuracies) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("model", run.toString());
    described.put("checkpoint", source.checkpoint().map(Path::toString).orElse(""));
    described.put("step", source.backbone().card().provenance().getOrDefault("step", ""));
    described.put("data", data.source());
    described.put("protocol", "knn");
    described.put("temperature", evaluation.temperature());
    described.put("featureWidth", source.backbone().featureWidth());
    Map<String, Object> results = new LinkedHashMap<>();
    for (NeighbourQuestion question : asked.questions()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("k", question.neighbours());
      Json.put(result, "accuracy", accuracies.getOrDefault(question.name(), Double.NaN));
      results.put(question.name(), result);
    }
    described.put("results", results);
    return described;
  }
}
