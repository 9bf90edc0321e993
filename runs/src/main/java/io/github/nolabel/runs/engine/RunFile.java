package io.github.nolabel.runs.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Assignment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code run.json}: the run's record, and how far it is.
 *
 * @param steps updates of the whole run
 * @param anchors empty until they were measured
 * @param training empty until training ended, for whatever reason
 */
public record RunFile(
    RunRecord record,
    Status status,
    long steps,
    long stepsPerEpoch,
    Optional<Anchors> anchors,
    Optional<TrainingFigures> training) {

  RunFile with(Status newStatus, Map<String, Double> seconds) {
    RunRecord timed =
        new RunRecord(
            record.method(),
            record.options(),
            record.notes(),
            record.data(),
            record.seed(),
            record.versions(),
            record.host(),
            record.device(),
            record.gitRevision(),
            record.program(),
            record.startedAt(),
            seconds);
    return new RunFile(timed, newStatus, steps, stepsPerEpoch, anchors, training);
  }

  RunFile with(Anchors measured) {
    return new RunFile(record, status, steps, stepsPerEpoch, Optional.of(measured), training);
  }

  RunFile with(TrainingFigures figures) {
    return new RunFile(record, status, steps, stepsPerEpoch, anchors, Optional.of(figures));
  }

  /** All options as assignments, the method's name among them. */
  public List<Assignment> assignments(Path origin) {
    List<Assignment> assignments = new ArrayList<>();
    record
        .options()
        .forEach(
            (group, options) -> {
              if (options instanceof Map<?, ?> values) {
                values.forEach(
                    (name, value) ->
                        assignments.add(
                            new Assignment(
                                group + "." + name, String.valueOf(value), origin.toString())));
              }
            });
    return assignments;
  }

  /** As the run was given it, such as {@code folder:photos}. */
  public String dataSource() {
    return String.valueOf(record.data().get("source"));
  }

  String dataFingerprint() {
    return String.valueOf(record.data().get("fingerprint"));
  }

  void write(Path file, OutputFiles files) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("status", status.written());
    root.put("method", record.method());
    root.put("options", record.options());
    root.put("notes", record.notes());
    root.put("data", record.data());
    root.put("seed", record.seed());
    root.put("steps", steps);
    root.put("stepsPerEpoch", stepsPerEpoch);
    root.put("versions", record.versions());
    root.put("host", record.host());
    root.put("device", record.device());
    root.put("gitRevision", record.gitRevision());
    root.put("program", record.program());
    root.put("startedAt", record.startedAt());
    root.put("seconds", record.seconds());
    anchors.ifPresent(a -> root.put("anchors", written(a)));
    training.ifPresent(t -> root.put("training", written(t)));
    files.write(file, Json.pretty(root));
  }

  /**
   * @throws UserMistake if the file is missing, damaged or something else
   */
  public static RunFile read(Path file) {
    JsonNode root = Json.read(file);
    for (String name : List.of("status", "method", "options", "data", "steps", "stepsPerEpoch")) {
      if (!root.has(name)) {
        throw new UserMistake("%s is damaged: it has no '%s'.".formatted(file, name));
      }
    }
    return new RunFile(
        record(root),
        status(root, file),
        root.path("steps").asLong(),
        root.path("stepsPerEpoch").asLong(),
        Optional.of(root.path("anchors")).filter(JsonNode::isObject).map(RunFile::anchors),
        Optional.of(root.path("training")).filter(JsonNode::isObject).map(RunFile::figures));
  }

  private static RunRecord record(JsonNode root) {
    return new RunRecord(
        root.path("method").asText(),
        Json.values(root.path("options")),
        notes(root),
        Json.values(root.path("data")),
        root.path("seed").asLong(),
        Json.texts(root.path("versions")),
        Json.texts(root.path("host")),
        root.path("device").asText(),
        root.path("gitRevision").asText(),
        root.path("program").asText(),
        root.path("startedAt").asText(),
        Json.numbers(root.path("seconds")));
  }

  private static List<String> notes(JsonNode root) {
    List<String> notes = new ArrayList<>();
    root.path("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }

  private static Status status(JsonNode root, Path file) {
    try {
      return Status.valueOf(root.path("status").asText().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "%s is damaged: unknown status %s.".formatted(file, root.path("status")), e);
    }
  }

  private static Map<String, Object> written(Anchors anchors) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("untrained", anchors.untrained());
    object.put("rawPixels", anchors.rawPixels());
    if (!anchors.retrieval().isEmpty()) {
      object.put("retrieval", Json.finite(anchors.retrieval()));
    }
    if (!anchors.captions().isEmpty()) {
      object.put("captions", Json.finite(anchors.captions()));
    }
    return object;
  }

  private static Anchors anchors(JsonNode node) {
    return new Anchors(
        Json.numbers(node.path("untrained")),
        Json.numbers(node.path("rawPixels")),
        Json.numbers(node.path("retrieval")),
        Json.numbers(node.path("captions")));
  }

  private static Map<String, Object> written(TrainingFigures figures) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("step", figures.step());
    Json.put(object, "finalLoss", figures.finalLoss());
    Json.put(object, "imagesPerSecond", figures.imagesPerSecond());
    Json.put(object, "dataWaitShare", figures.dataWaitShare());
    object.put("skippedImages", figures.skippedImages());
    object.put("checkpoint", figures.checkpoint());
    return object;
  }

  private static TrainingFigures figures(JsonNode node) {
    return new TrainingFigures(
        node.path("step").asLong(),
        node.path("finalLoss").asDouble(Double.NaN),
        node.path("imagesPerSecond").asDouble(Double.NaN),
        node.path("dataWaitShare").asDouble(Double.NaN),
        node.path("skippedImages").asLong(),
        node.path("checkpoint").asText());
  }
}
