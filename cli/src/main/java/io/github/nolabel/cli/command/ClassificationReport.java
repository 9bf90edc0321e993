package io.github.nolabel.cli.command;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.Classification.PerClass;
import io.github.nolabel.evaluation.ProbeEpoch;
import io.github.nolabel.evaluation.ProbeProtocol;
import io.github.nolabel.runs.engine.Classifying.Outcome;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a protocol that trains a classifier found, by network, the trained one first. */
record ClassificationReport(ProbeProtocol options, List<Outcome> outcomes)
    implements ProtocolReport {

  /** More classes than this fill the screen; they are in the file. */
  private static final int SHOWN_CLASSES = 20;

  @Override
  public String protocol() {
    return options.name();
  }

  @Override
  public Subject trained() {
    return outcomes.get(0).subject();
  }

  @Override
  public Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    Map<String, Object> values = RecordOptions.describe((Record) options);
    values.replaceAll(
        (name, value) ->
            value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value);
    described.put("options", values);
    for (Outcome outcome : outcomes) {
      String name = outcome.subject().name();
      described.put(name.equals(Subject.TRAINED) ? "results" : name, results(outcome));
    }
    return described;
  }

  private static Map<String, Object> results(Outcome outcome) {
    Classification test = outcome.test();
    Map<String, Object> results = new LinkedHashMap<>();
    Json.put(results, "accuracy", test.accuracy());
    results.put("topK", test.topK());
    Json.put(results, "topKAccuracy", test.topKAccuracy());
    results.put("images", test.images());
    results.put("correct", test.correct());
    results.put("seconds", Math.round(outcome.seconds() * 1000) / 1000.0);
    results.put("perClass", test.perClass().stream().map(c -> perClass(c)).toList());
    results.put("confusion", test.confusion());
    return results;
  }

  private static Map<String, Object> perClass(PerClass one) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", one.name());
    object.put("images", one.images());
    object.put("correct", one.correct());
    Json.put(object, "recall", one.recall());
    Json.put(object, "precision", one.precision());
    return object;
  }

  /** One line per tested epoch, as in the metrics of a run. */
  String metrics() {
    StringBuilder lines = new StringBuilder();
    for (Outcome outcome : outcomes) {
      for (ProbeEpoch epoch : outcome.epochs()) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("network", outcome.subject().name());
        line.put("epoch", epoch.epoch());
        Json.put(line, "loss", epoch.trainingLoss());
        Json.put(line, "learningRate", epoch.learningRate());
        Json.put(line, "testAccuracy", epoch.test().accuracy());
        Json.put(line, "testTopKAccuracy", epoch.test().topKAccuracy());
        lines.append(Json.compact(line)).append('\n');
      }
    }
    return lines.toString();
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    outcomes.forEach(outcome -> lines.add(headline(outcome)));
    Classification test = outcomes.get(0).test();
    if (test.classes().size() <= SHOWN_CLASSES) {
      lines.addAll(table(test));
    }
    return lines;
  }

  private String headline(Outcome outcome) {
    Classification test = outcome.test();
    return String.format(
        Locale.ROOT,
        "  %-24s %6.2f %%  (top-%d %.2f %%, %d of %d images%s)",
        protocol(),
        100 * test.accuracy(),
        test.topK(),
        100 * test.topKAccuracy(),
        test.correct(),
        test.images(),
        outcomes.size() == 1 ? "" : ", " + outcome.subject().name());
  }

  /** Per class: images, recall, precision, and what it was taken for. */
  private static List<String> table(Classification test) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("class", "images", "recall", "precision"));
    head.addAll(test.classes().stream().map(name -> "as " + name).toList());
    rows.add(head);
    for (int i = 0; i < test.classes().size(); i++) {
      PerClass one = test.perClass().get(i);
      List<String> row = new ArrayList<>();
      row.add(one.name());
      row.add(Long.toString(one.images()));
      row.add(share(one.recall()));
      row.add(share(one.precision()));
      test.confusion().get(i).forEach(count -> row.add(Long.toString(count)));
      rows.add(row);
    }
    return Listing.aligned(rows);
  }

  /** A share of nothing, such as the precision of a class that was never guessed, is a dash. */
  private static String share(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.3f", share);
  }
}
