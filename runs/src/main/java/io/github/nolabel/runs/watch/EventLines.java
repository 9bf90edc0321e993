package io.github.nolabel.runs.watch;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runs.file.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in a run to other programs, one JSON object a line. Every line has {@code
 * event} (start, notice, step, evaluation, checkpoint, collapse or end), {@code time} (UTC) and
 * {@code run}, the run's folder; numbers that JSON has no way of writing are null. The module's
 * README lists all fields.
 */
public final class EventLines implements RunWatcher {

  /** What the names of figures of retrieval begin with. */
  public static final String RETRIEVAL = "retrieval_";

  /** What the names of figures begin with that are asked of held-out images now and then. */
  private static final List<String> ASKED = List.of(OnlineNeighbours.PREFIX, RETRIEVAL);

  /** Where lines go. */
  private interface Sink {
    void write(byte[] line) throws IOException;
  }

  private final String run;
  private final Path place;
  private final Clock clock;
  private final Sink sink;
  private long step;

  private EventLines(Path run, Path place, Clock clock, Sink sink) {
    this.run = run.toString();
    this.place = place;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * Adds lines to the end of a file, which several runs may share one after another.
   *
   * @throws io.github.nolabel.api.UserMistake if no file can be written there
   */
  public static EventLines to(Path file, Path run) {
    OutputFiles.requireWritable(file);
    ListenerFiles.createParent(file);
    return new EventLines(
        run,
        file,
        Clock.systemUTC(),
        line -> {
          // Not by a channel, which an interruption of the thread would close.
          try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line);
          }
        });
  }

  /** Writes lines to a stream that stays open. */
  public static EventLines to(OutputStream out, Path run) {
    return to(out, run, Clock.systemUTC());
  }

  static EventLines to(OutputStream out, Path run, Clock clock) {
    return new EventLines(
        run,
        Path.of("the stream of events"),
        clock,
        line -> {
          out.write(line);
          out.flush();
        });
  }

  @Override
  public void onBegin(RunStart start) {
    step = start.step();
    Map<String, Object> line = line("start");
    line.put("method", start.method());
    line.put("step", start.step());
    line.put("steps", start.steps());
    line.put("stepsPerEpoch", start.stepsPerEpoch());
    line.put("options", start.options());
    write(line);
  }

  @Override
  public void onNotice(String sentence) {
    Map<String, Object> line = line("notice");
    line.put("sentence", sentence);
    write(line);
  }

  @Override
  public void onStep(StepReport report) {
    step = report.step();
    Map<String, Double> values = new LinkedHashMap<>(report.values());
    values.keySet().removeIf(EventLines::isAsked);
    Map<String, Object> line = at("step", report);
    line.put("steps", report.steps());
    Json.put(line, "loss", report.loss());
    Json.put(line, "learningRate", report.learningRate());
    Json.put(line, "imagesPerSecond", report.imagesPerSecond());
    Json.put(line, "dataWaitShare", report.dataWaitShare());
    Json.put(line, "secondsLeft", report.secondsLeft());
    line.put("values", Json.finite(values));
    write(line);
    evaluation(report);
  }

  private void evaluation(StepReport report) {
    Map<String, Double> asked = new LinkedHashMap<>(report.values());
    asked.keySet().removeIf(name -> !isAsked(name));
    if (!asked.isEmpty()) {
      Map<String, Object> line = at("evaluation", report);
      line.put("values", Json.finite(asked));
      write(line);
    }
  }

  private static boolean isAsked(String name) {
    return ASKED.stream().anyMatch(name::startsWith);
  }

  @Override
  public void onCheckpoint(long at, Path checkpoint) {
    Map<String, Object> line = line("checkpoint");
    line.put("step", at);
    line.put("checkpoint", checkpoint.toString());
    write(line);
  }

  @Override
  public boolean onCollapse(String sentence) {
    Map<String, Object> line = line("collapse");
    line.put("step", step);
    line.put("sentence", sentence);
    write(line);
    return false;
  }

  @Override
  public void onStopped(TrainingSummary summary, long steps) {
    end("interrupted", null, null);
  }

  @Override
  public void onComplete(Map<String, Object> result) {
    end("complete", "result", result);
  }

  @Override
  public void onFailure(String status, String problem) {
    end(status, "problem", problem);
  }

  private void end(String status, @Nullable String name, @Nullable Object value) {
    Map<String, Object> line = line("end");
    line.put("status", status);
    line.put("step", step);
    if (name != null && value != null) {
      line.put(name, value);
    }
    write(line);
  }

  private Map<String, Object> at(String event, StepReport report) {
    Map<String, Object> line = line(event);
    line.put("step", report.step());
    Json.put(line, "epoch", report.epoch());
    return line;
  }

  private Map<String, Object> line(String event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("time", Instant.ofEpochMilli(clock.millis()).toString());
    line.put("run", run);
    return line;
  }

  private void write(Map<String, Object> line) {
    try {
      sink.write((Json.compact(line) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ListenerFiles.unwritable(place, e);
    }
  }
}
