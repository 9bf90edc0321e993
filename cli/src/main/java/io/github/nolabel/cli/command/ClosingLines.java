package io.github.nolabel.cli.command;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.TrainingFigures;
import io.github.nolabel.runs.file.Figure;
import io.github.nolabel.runs.protocol.CaptionLines;
import io.github.nolabel.runs.protocol.RetrievalLines;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person reads when the run is over. */
final class ClosingLines {

  private ClosingLines() {}

  static List<String> of(RunResult result, RunDirectory folder, String program) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(summary(result));
    lines.add("");
    lines.addAll(accuracies(result, folder));
    lines.addAll(RetrievalLines.of(result.retrieval(), result.anchors().retrieval()));
    lines.addAll(CaptionLines.of(result.captions(), result.anchors().captions()));
    lines.add("");
    lines.add("Run         " + folder.root());
    lines.add("Checkpoint  " + result.training().checkpoint());
    if (Files.exists(folder.backbone())) {
      lines.add(
          "Backbone    %s (how to use it: backbone.json, backbone.py and Backbone.java beside it)"
              .formatted(folder.backbone()));
    }
    if (!result.retrieval().isEmpty()) {
      lines.add(
          "Towers      %s and %s, with %s"
              .formatted(
                  folder.network(BackboneExporter.IMAGE),
                  folder.network(BackboneExporter.TEXT),
                  folder.tokenizer()));
    }
    if (Files.exists(folder.network(BackboneExporter.DECODER))) {
      lines.add(
          "Captions    %s, with %s"
              .formatted(folder.network(BackboneExporter.DECODER), folder.tokenizer()));
    }
    lines.add("");
    lines.add("Next: " + next(result, folder, program));
    return lines;
  }

  private static String next(RunResult result, RunDirectory folder, String program) {
    if (Files.exists(folder.network(BackboneExporter.DECODER))) {
      return "%s caption %s".formatted(program, quoted(folder.root().toString()));
    }
    return result.retrieval().isEmpty()
        ? "%s embed %s --data %s --output features.npy"
            .formatted(
                program, quoted(folder.backbone().toString()), quoted(result.run().dataSource()))
        : "%s search %s \"red heart\"".formatted(program, quoted(folder.root().toString()));
  }

  private static String summary(RunResult result) {
    TrainingFigures training = result.training();
    return String.format(
        Locale.ROOT,
        "%s took %d %s in %s (%s images/s, %s %% of that time waiting for data); final loss %s.",
        result.run().record().method(),
        training.step(),
        training.step() == 1 ? "step" : "steps",
        duration(result.wallSeconds()),
        Figure.of("%.0f", training.imagesPerSecond()),
        Figure.percent("%.0f", training.dataWaitShare()),
        Figure.of("%.4f", training.finalLoss()));
  }

  private static List<String> accuracies(RunResult result, RunDirectory folder) {
    if (result.trained().isEmpty()) {
      return List.of(
          Files.exists(folder.backbone())
              ? result.unasked()
              : "The run has read region features: there is no network of images to ask for neighbours.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("Nearest neighbours of held-out images   untrained   trained   raw pixels");
    Map<String, Double> untrained = result.anchors().untrained();
    Map<String, Double> pixels = result.anchors().rawPixels();
    result
        .trained()
        .forEach(
            (question, accuracy) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-36s %s %% %s %% %s %%",
                        question,
                        Figure.percent("%8.1f", untrained.getOrDefault(question, Double.NaN)),
                        Figure.percent("%7.1f", accuracy),
                        Figure.percent("%10.1f", pixels.getOrDefault(question, Double.NaN)))));
    return lines;
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? "%d s".formatted(whole) : "%d min %02d s".formatted(whole / 60, whole % 60);
  }

  /** As one word of a shell. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
