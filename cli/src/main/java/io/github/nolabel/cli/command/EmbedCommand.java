package io.github.nolabel.cli.command;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.model.FeatureFormat;
import io.github.nolabel.runs.model.FeatureTable;
import io.github.nolabel.runs.plan.RunConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns images into feature vectors. */
@Command(
    name = "embed",
    description = "Write one feature vector per image, as NumPy, CSV or Parquet file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EmbedCommand implements Callable<Integer> {

  private final Console console;
  private final OutputFiles files;

  @Parameters(paramLabel = "MODEL", description = "Exported ONNX file, or folder of a run.")
  private Path model = Path.of("");

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description =
          "NAME.npy: float32 [images, features]; NAME.names.txt beside it names the image of each row. NAME.csv and NAME.parquet: path, label, caption and features in every row.")
  private Path output = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Also write the labels: int64 [images], -1 where there is none.")
  private @Nullable Path labels;

  EmbedCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    OutputFiles.requireWritable(output);
    if (!FeatureFormat.of(output).namesRows()) {
      OutputFiles.requireWritable(FeatureTable.namesOf(output));
    }
    if (labels != null) {
      OutputFiles.requireWritable(labels);
    }
    TrainingRuntime runtime = TrainingRuntime.find();
    Source source = Source.open(model, runtime, BackboneExporter.BACKBONE, null);
    RunConfig config = flags.overDefaults(source.backbone().card().provenance().get("data"));
    runtime.device(config.deviceSettings());
    ImageDataset images = Datasets.images(config.data(), config.datasetSettings(), console::notice);
    FeatureTable table = new FeatureTable(images, source.backbone().card().preprocessing());
    try (Embedder embedder = runtime.embedder(source.backbone().model(), config.deviceSettings())) {
      write(table, embedder, source.backbone().featureWidth());
    }
    tellBroken(table);
    return 0;
  }

  private void tellBroken(FeatureTable table) {
    int broken = table.broken().size();
    if (broken > 0) {
      console.notice(
          "%,d of %,d images cannot be read; they have no row:"
              .formatted(broken, broken + table.rows()));
      table.broken().forEach(fault -> console.notice("  " + fault));
    }
  }

  private void write(FeatureTable table, Embedder embedder, long width) {
    OutputFiles.createFolder(output.toAbsolutePath().resolveSibling("."));
    table.writeFeatures(output, files, embedder, width);
    tellWritten(table, width);
    Path labelFile = labels;
    if (labelFile != null) {
      OutputFiles.createFolder(labelFile.toAbsolutePath().resolveSibling("."));
      files.write(labelFile, table::writeLabels);
      console.out().printf("%s: int64 [%d]%n", labelFile, table.rows());
    }
  }

  private void tellWritten(FeatureTable table, long width) {
    if (FeatureFormat.of(output).namesRows()) {
      console
          .out()
          .printf(
              "%s: %d rows of path, label, caption and %d features%n", output, table.rows(), width);
      return;
    }
    Path names = FeatureTable.namesOf(output);
    files.write(names, table::writeNames);
    console
        .out()
        .printf(
            "%s: float32 [%d, %d]; %s names the image of each row%n",
            output, table.rows(), width, names);
  }
}
