package io.github.nolabel.cli.command;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.file.OutputFiles;
import io.github.nolabel.cli.model.BackboneFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the network of a run as an inference model. */
@Command(
    name = "export",
    description = "Write a run's backbone as an ONNX file, with its preprocessing beside it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {

  private final Console console;
  private final OutputFiles files;

  @Parameters(paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "ONNX file.")
  private Path output = Path.of("");

  @Option(
      names = "--cut",
      paramLabel = "NAME",
      description = "Where the network ends; backbone unless said otherwise.")
  private String cut = BackboneExporter.BACKBONE;

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
    OutputFiles.requireWritable(output);
    Source source = Source.ofRun(run, Nolabel.runtime(), cut, checkpoint);
    OutputFiles.createFolder(output.toAbsolutePath().resolveSibling("."));
    source.backbone().write(output, files);
    console
        .out()
        .printf(
            "%s: %d features from %s; %s says how to use it.%n",
            output,
            source.backbone().featureWidth(),
            source.checkpoint().map(Path::toString).orElse(run.toString()),
            BackboneFile.cardOf(output));
    return 0;
  }
}
