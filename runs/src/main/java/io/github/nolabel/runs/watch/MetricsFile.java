package io.github.nolabel.runs.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object per update to a file: {@code step}, {@code epoch}, {@code loss}, {@code
 * learningRate}, {@code imagesPerSecond}, {@code dataWaitShare} and {@code values}; each line is
 * flushed. A number that is not finite is null. Lines of an earlier part of the run stay, those of
 * steps that are taken again are cut off, so that no step is there twice.
 */
public final class MetricsFile implements TrainingListener {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private @Nullable BufferedWriter writer;

  /**
   * @throws io.github.nolabel.api.NolabelException if the folder of {@code file} cannot be made
   */
  public MetricsFile(Path file) {
    this.file = file;
    ListenerFiles.createParent(file);
  }

  @Override
  public void onStep(StepReport report) {
    try {
      BufferedWriter lines = writer == null ? openBefore(report.step()) : writer;
      writer = lines;
      lines.write(json(report).toString());
      lines.write('\n');
      lines.flush();
    } catch (IOException e) {
      throw ListenerFiles.unwritable(file, e);
    }
  }

  @Override
  public void onEnd() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw ListenerFiles.unwritable(file, e);
    } finally {
      writer = null;
    }
  }

  private BufferedWriter openBefore(long firstStep) throws IOException {
    if (Files.exists(file)) {
      List<String> kept = linesBefore(firstStep);
      OutputFiles.LOCAL.write(
          file, kept.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
    // Not by a channel, which an interruption of the thread would close.
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
  }

  private List<String> linesBefore(long firstStep) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.takeWhile(line -> stepOf(line) < firstStep).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The step of a line; past every step if the line was cut short. */
  private static long stepOf(String line) {
    try {
      JsonNode step = JSON.readTree(line).get("step");
      return step == null ? Long.MAX_VALUE : step.asLong(Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      return Long.MAX_VALUE;
    }
  }

  private static ObjectNode json(StepReport report) {
    ObjectNode line = JSON.createObjectNode().put("step", report.step());
    put(line, "epoch", report.epoch());
    put(line, "loss", report.loss());
    put(line, "learningRate", report.learningRate());
    put(line, "imagesPerSecond", report.imagesPerSecond());
    put(line, "dataWaitShare", report.dataWaitShare());
    ObjectNode values = line.putObject("values");
    report.values().forEach((name, value) -> put(values, name, value));
    return line;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
