package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.file.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param trained accuracy by question, the headline first; empty if nothing is labelled
 * @param retrieval figures of {@link io.github.nolabel.evaluation.Retrieval.Result}; empty if no
 *     held-out image has a caption
 * @param captions figures of {@link Captioning}; empty if the method writes no captions
 * @param wallSeconds of all parts of the run, from reading the data to the exported backbone
 */
public record RunResult(
    RunFile run,
    TrainingFigures training,
    Anchors anchors,
    Map<String, Double> trained,
    Map<String, Double> retrieval,
    Map<String, Double> captions,
    double wallSeconds) {

  private static final String TRAINED = "trained";
  private static final String RETRIEVAL = "retrieval";
  private static final String CAPTIONS = "captions";
  private static final String HEADLINE = TRAINED + "KnnAccuracy";

  /** The headline under its fixed names, further questions beside it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", run.record().method());
    json.put("steps", training.step());
    Json.put(json, "finalLoss", training.finalLoss());
    List<String> questions = List.copyOf(trained.keySet());
    Json.put(json, "untrainedKnnAccuracy", headline(anchors.untrained(), questions));
    Json.put(json, HEADLINE, headline(trained, questions));
    Json.put(json, "rawPixelAccuracy", headline(anchors.rawPixels(), questions));
    json.put("question", questions.isEmpty() ? "" : questions.get(0));
    for (String question : questions.subList(Math.min(1, questions.size()), questions.size())) {
      String name = question.substring(0, 1).toUpperCase(Locale.ROOT) + question.substring(1);
      put(json, "untrained" + name, anchors.untrained(), question);
      put(json, TRAINED + name, trained, question);
      put(json, "rawPixel" + name, anchors.rawPixels(), question);
    }
    if (!retrieval.isEmpty()) {
      json.put(RETRIEVAL, Json.finite(retrieval));
      json.put("untrainedRetrieval", Json.finite(anchors.retrieval()));
    }
    if (!captions.isEmpty()) {
      json.put(CAPTIONS, Json.finite(captions));
      json.put("untrainedCaptions", Json.finite(anchors.captions()));
    }
    Json.put(json, "imagesPerSecond", training.imagesPerSecond());
    Json.put(json, "wallSeconds", wallSeconds);
    Json.put(json, "dataWaitShare", training.dataWaitShare());
    json.put("skippedImages", training.skippedImages());
    json.put("data", run.dataSource());
    json.put("device", run.record().device());
    return json;
  }

  /**
   * Reads what a complete run has written.
   *
   * @throws io.github.nolabel.api.UserMistake if a file is missing or damaged
   */
  public static RunResult read(RunDirectory folder) {
    RunFile run = RunFile.read(folder.record());
    JsonFields json = JsonFields.read(folder.result());
    return new RunResult(
        run,
        run.training().orElseThrow(() -> incomplete(folder)),
        run.anchors().orElseThrow(() -> incomplete(folder)),
        accuracies(json),
        json.numbersByName(RETRIEVAL),
        json.numbersByName(CAPTIONS),
        json.number("wallSeconds"));
  }

  /** Why there is no accuracy, where there is none. */
  public String unasked() {
    Object why = run.record().data().get("unasked");
    return why == null
        ? "Nothing in the data is labelled, so there is no accuracy to report."
        : why.toString();
  }

  private static Map<String, Double> accuracies(JsonFields json) {
    Map<String, Double> trained = new LinkedHashMap<>();
    String headline = json.text("question");
    if (!headline.isEmpty()) {
      trained.put(headline, json.number(HEADLINE));
    }
    json.names().stream()
        .filter(name -> name.startsWith(TRAINED) && !name.equals(HEADLINE))
        .forEach(name -> trained.put(questionOf(name), json.number(name)));
    return trained;
  }

  private static String questionOf(String key) {
    String name = key.substring(TRAINED.length());
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static UserMistake incomplete(RunDirectory folder) {
    return new UserMistake(
        "%s is damaged: it belongs to a complete run, but lacks its figures."
            .formatted(folder.record()));
  }

  private static double headline(Map<String, Double> accuracies, List<String> questions) {
    return questions.isEmpty() ? Double.NaN : accuracies.getOrDefault(questions.get(0), Double.NaN);
  }

  private static void put(
      Map<String, Object> json, String name, Map<String, Double> accuracies, String question) {
    Json.put(json, name, accuracies.getOrDefault(question, Double.NaN));
  }
}
