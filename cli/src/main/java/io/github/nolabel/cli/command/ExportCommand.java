package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.model.ArtifactCard;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.model.LibraryWeights;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.protocol.Networks;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the network of a run as an inference model. */
@Command(
    name = "export",
    description =
        "Write a run's backbone as ONNX or safetensors file, or what other programs need to go on training.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {

  private final Console console;
  private final OutputFiles files;

  @Parameters(paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "ONNX or safetensors file of the backbone; its preprocessing is written beside it.")
  private @Nullable Path output;

  @Mixin private FormatFlags format = new FormatFlags();

  @Mixin private OnnxFlags onnx = new OnnxFlags();

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "Under which licence the weights are, such as CC-BY-4.0; kept in the file and its card.")
  private @Nullable String licence;

  @Mixin private ArtifactFlags artifacts = new ArtifactFlags();

  @Option(
      names = "--cut",
      paramLabel = "NAME",
      description = "Where the network ends; backbone unless said otherwise.")
  private @Nullable String cut;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "student or teacher; what the method's paper deploys unless said otherwise.")
  private @Nullable String network;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "One of the run's checkpoints; the newest unless said otherwise.")
  private @Nullable Path checkpoint;

  ExportCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    requireTarget();
    String end = end();
    if (output != null && format.safetensors(output)) {
      writeWeights(output, end);
    } else if (output != null) {
      writeBackbone(output, end);
    }
    artifacts.folder().ifPresent(folder -> writeArtifacts(folder, end));
    return 0;
  }

  private String end() {
    NetworkFlags.requireOneEnd(network, cut);
    if (cut != null) {
      return cut;
    }
    return network == null
        ? BackboneExporter.BACKBONE
        : Networks.backbone(
            TrainedRun.open(new RunDirectory(run), Catalogue.standard())
                .method()
                .exporter()
                .networks(),
            Optional.of(network));
  }

  private void requireTarget() {
    if (output == null && artifacts.folder().isEmpty()) {
      throw new UserMistake(
          "What is to be written? --output FILE is the backbone, --artifacts FOLDER is for training on in other programs.");
    }
    artifacts.check();
    format.check(output);
    onnx.check(output, output != null && !format.safetensors(output));
    requireLicence();
    if (output != null) {
      OutputFiles.requireWritable(output);
    }
  }

  private void requireLicence() {
    if (licence != null && output == null) {
      throw new UserMistake("--licence is kept in the file of a backbone; add --output FILE.");
    }
    if (licence != null && licence.isBlank()) {
      throw new UserMistake("--licence is empty; expected its name, such as CC-BY-4.0.");
    }
  }

  private Map<String, String> notes() {
    return licence == null ? Map.of() : Map.of("licence", licence.strip());
  }

  private void writeBackbone(Path output, String end) {
    TrainingRuntime runtime = TrainingRuntime.find();
    Source source = Source.ofRun(run, runtime, end, checkpoint);
    OutputFiles.createFolder(output.toAbsolutePath().resolveSibling("."));
    BackboneFile written = new Shrinking(onnx, console, runtime).asAsked(source).noting(notes());
    Map<Path, String> code = onnx.code(written, output);
    written.write(output, files);
    console
        .out()
        .printf(
            "%s: %d features from %s; %s says how to use it.%n",
            output,
            written.featureWidth(),
            source.checkpoint().map(Path::toString).orElse(run.toString()),
            BackboneFile.cardOf(output));
    code.forEach(this::writeCode);
  }

  private void writeCode(Path file, String text) {
    files.write(file, text);
    console.out().printf("%s: the same features in a program of yours.%n", file);
  }

  private void writeWeights(Path output, String end) {
    TrainedRun trained = TrainedRun.open(new RunDirectory(run), Catalogue.standard());
    SavedState saved = TrainingRuntime.find().saved(checkpoint == null ? run : checkpoint);
    LibraryWeights weights = trained.weights(saved, end, format.names()).noting(notes());
    OutputFiles.createFolder(output.toAbsolutePath().resolveSibling("."));
    weights.write(output, files);
    console
        .out()
        .printf(
            "%s: %d tensors with %s's names from %s; %s says how images are prepared.%n",
            output,
            weights.tensors().size(),
            format.names().label(),
            saved.checkpoint(),
            BackboneFile.cardOf(output));
  }

  private void writeArtifacts(Path folder, String end) {
    TrainingRuntime runtime = TrainingRuntime.find();
    TrainedRun trained = TrainedRun.open(new RunDirectory(run), Catalogue.standard());
    SavedState saved = runtime.saved(checkpoint == null ? run : checkpoint);
    ArtifactCard card =
        trained.artifacts(saved, end, artifacts.optimizer(trained.plan().optimizer()));
    runtime.write(card.artifacts(), folder);
    Path described = folder.resolve("artifacts.json");
    files.write(described, Json.pretty(card.described()));
    console
        .out()
        .printf(
            "%s: training artifacts from %s; %s says how to use them.%n",
            folder, saved.checkpoint(), described);
  }
}
