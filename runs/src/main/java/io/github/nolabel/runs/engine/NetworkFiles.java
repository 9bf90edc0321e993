package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.model.BackboneFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the networks that others use without the run, each in a file named after its cut. */
record NetworkFiles(RunDirectory folder, OutputFiles files) {

  private static final List<String> CUTS =
      List.of(
          BackboneExporter.BACKBONE,
          BackboneExporter.IMAGE,
          BackboneExporter.TEXT,
          BackboneExporter.TOKENS,
          BackboneExporter.FUSION,
          BackboneExporter.MATCH,
          BackboneExporter.WORDS,
          BackboneExporter.DECODER);

  /** Those that the method has, with these weights. */
  void write(TrainedRun run, Map<String, Tensor> state, long step) {
    List<String> own = run.method().exporter().cuts();
    CUTS.stream().filter(own::contains).forEach(cut -> write(run.export(state, step, cut), cut));
  }

  private void write(BackboneFile network, String cut) {
    Path file = folder.network(cut);
    network.write(file, files);
    if (cut.equals(BackboneExporter.BACKBONE) && network.givesFeatures()) {
      network.code(file).forEach(this::writeUnlessThere);
    }
  }

  /** What somebody has changed stays when a run goes on. */
  private void writeUnlessThere(Path file, String text) {
    if (Files.notExists(file)) {
      files.write(file, text);
    }
  }
}
