package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.file.JsonFields;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.plan.RunSettings;
import io.github.nolabel.runs.watch.Variety;
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
 * @param epochsAtFirst what the run was begun with, if it was made longer since
 */
public record RunFile(
    RunRecord record,
    Status status,
    long steps,
    long stepsPerEpoch,
    Optional<Anchors> anchors,
    Optional<TrainingFigures> training,
    Optional<Long> epochsAtFirst) {

  RunFile with(Status newStatus, Map<String, Double> seconds) {
    RunRecord timed = record(record.options(), record.notes(), seconds);
    return new RunFile(timed, newStatus, steps, stepsPerEpoch, anchors, training, epochsAtFirst);
  }

  RunFile with(Anchors measured) {
    return new RunFile(
        record, status, steps, stepsPerEpoch, Optional.of(measured), training, epochsAtFirst);
  }

  RunFile with(TrainingFigures figures) {
    return new RunFile(
        record, status, steps, stepsPerEpoch, anchors, Optional.of(figures), epochsAtFirst);
  }

  /**
   * The same run with more epochs to go.
   *
   * @param note what becomes of it, for people
   */
  RunFile longer(RunConfig was, RunSettings settings, String note) {
    List<String> notes = new ArrayList<>(record.notes());
    notes.add(note);
    return new RunFile(
        record(settings.described(), notes, record.seconds()),
        Status.INTERRUPTED,
        settings.run().epochs() * stepsPerEpoch,
        stepsPerEpoch,
        anchors,
        training,
        epochsAtFirst.or(() -> Optional.of((long) was.epochs())));
  }

  String lastNote() {
    return record.notes().get(record.notes().size() - 1);
  }

  private RunRecord record(
      Map<String, Object> options, List<String> notes, Map<String, Double> seconds) {
    return new RunRecord(
        record.method(),
        options,
        notes,
        record.data(),
        record.seed(),
        record.versions(),
        record.host(),
        record.device(),
        record.gitRevision(),
        record.program(),
        record.startedAt(),
        seconds);
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
                                group + "." + name,
                                name.equals("data") ? found() : String.valueOf(value),
                                origin.toString())));
              }
            });
    return assignments;
  }

  /** As the run was given it, such as {@code folder:photos}. */
  public String dataSource() {
    return String.valueOf(record.data().get("source"));
  }

  /** The same so that it is found from everywhere, as far as it is still where it was. */
  private String found() {
    String absolute = String.valueOf(record.data().getOrDefault("absoluteSource", ""));
    return Datasets.absolute(absolute).isPresent() ? absolute : dataSource();
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
    epochsAtFirst.ifPresent(epochs -> root.put("epochsAtFirst", epochs));
    files.write(file, Json.pretty(root));
  }

  /**
   * Reads a record as strictly as options are read that somebody types.
   *
   * @throws UserMistake if the file is missing, damaged or something else
   */
  public static RunFile read(Path file) {
    JsonFields root = JsonFields.read(file);
    Status status = status(root);
    return new RunFile(
        record(root),
        status,
        root.whole("steps", 1),
        root.whole("stepsPerEpoch", 1),
        root.objectIfAny("anchors").map(RunFile::anchors),
        root.objectIfAny("training").map(RunFile::figures),
        root.wholeIfAny("epochsAtFirst", 1));
  }

  private static RunRecord record(JsonFields root) {
    JsonFields data = root.object("data");
    data.text("source");
    data.text("fingerprint");
    return new RunRecord(
        root.text("method"),
        root.object("options").groups(),
        root.texts("notes"),
        data.values(),
        root.whole("seed", Long.MIN_VALUE),
        root.textsByName("versions"),
        root.textsByName("host"),
        root.textOrNone("device"),
        root.textOrNone("gitRevision"),
        root.textOrNone("program"),
        root.textOrNone("startedAt"),
        root.numbersByName("seconds"));
  }

  private static Status status(JsonFields root) {
    try {
      return Status.valueOf(root.text("status").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw root.wrong("status", "one of " + Status.all());
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
    anchors
        .variety()
        .ifPresent(
            variety ->
                object.put(
                    "variety",
                    Map.of("pixels", variety.pixels(), "directions", variety.directions())));
    return object;
  }

  private static Anchors anchors(JsonFields fields) {
    return new Anchors(
        fields.numbersByName("untrained"),
        fields.numbersByName("rawPixels"),
        fields.numbersByName("retrieval"),
        fields.numbersByName("captions"),
        fields
            .objectIfAny("variety")
            .map(found -> new Variety(found.number("pixels"), found.number("directions"))));
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

  private static TrainingFigures figures(JsonFields fields) {
    return new TrainingFigures(
        fields.whole("step", 0),
        fields.number("finalLoss"),
        fields.number("imagesPerSecond"),
        fields.number("dataWaitShare"),
        fields.whole("skippedImages", 0),
        fields.text("checkpoint"));
  }
}
