package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.data.load.LabelledSet;
import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.Classification.PerClass;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.ProbeEpoch;
import io.github.nolabel.evaluation.ProbeProtocol;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.runs.engine.Classifying;
import io.github.nolabel.runs.engine.Classifying.Outcome;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A classifier is trained: on features, or with the network under it. */
record Probing<C extends Record & ProbeProtocol>(C defaults, String summary)
    implements Protocol<C> {

  @Override
  public String name() {
    return defaults.name();
  }

  @Override
  public String group() {
    return "probe";
  }

  @Override
  public Optional<String> file(C options) {
    String share = options.fraction() == 1 ? "" : "-" + options.fraction();
    return Optional.of("evaluation-" + name() + share);
  }

  @Override
  public void check(Networks networks, C options) {
    if (defaults instanceof FineTuning) {
      networks.requireTrainable();
    }
  }

  @Override
  public Report ask(Examination examination, C options) {
    examination.labelled();
    ClassificationTask task =
        LabelledSet.task(examination.data().labelled().orElseThrow(), examination.loaderThreads());
    Classifying classifying =
        new Classifying(
            Probes.on(examination.runtime(), examination.device()), task, examination.notices());
    Networks networks = examination.networks();
    List<Subject> subjects =
        defaults instanceof FineTuning ? networks.trainable() : networks.frozen();
    return report(
        options, subjects.stream().map(one -> classifying.outcome(one, options)).toList());
  }

  private Report report(C options, List<Outcome> outcomes) {
    Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
    List<Map<String, Object>> history = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      figures.put(outcome.subject().name(), results(outcome));
      outcome.epochs().forEach(epoch -> history.add(line(outcome.subject().name(), epoch)));
    }
    return new Report(
        outcomes.get(0).subject(),
        Map.of("options", described(options)),
        figures,
        ClassificationLines.of(name(), outcomes),
        history);
  }

  private static Map<String, Object> described(Record options) {
    Map<String, Object> values = new LinkedHashMap<>(RecordOptions.describe(options));
    values.replaceAll(
        (name, value) ->
            value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value);
    return values;
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
    results.put("perClass", test.perClass().stream().map(Probing::perClass).toList());
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

  /** Of a tested epoch, as in the metrics of a run. */
  private static Map<String, Object> line(String network, ProbeEpoch epoch) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("network", network);
    line.put("epoch", epoch.epoch());
    Json.put(line, "loss", epoch.trainingLoss());
    Json.put(line, "learningRate", epoch.learningRate());
    Json.put(line, "testAccuracy", epoch.test().accuracy());
    Json.put(line, "testTopKAccuracy", epoch.test().topKAccuracy());
    return line;
  }
}
