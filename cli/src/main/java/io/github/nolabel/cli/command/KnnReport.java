package io.github.nolabel.cli.command;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.runs.engine.Neighbours;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the nearest neighbours of held-out images say, by network. */
record KnnReport(
    HeldOut asked, NeighbourEvaluation evaluation, Map<Subject, Map<String, Double>> accuracies)
    implements ProtocolReport {

  static KnnReport of(
      List<Subject> subjects,
      HeldOut asked,
      NeighbourEvaluation evaluation,
      TrainingRuntime runtime,
      DeviceSettings device) {
    Map<Subject, Map<String, Double>> accuracies = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      accuracies.put(
          subject, Neighbours.of(subject.backbone(), asked, evaluation, runtime, device));
    }
    return new KnnReport(asked, evaluation, accuracies);
  }

  @Override
  public String protocol() {
    return Protocols.KNN;
  }

  @Override
  public Subject trained() {
    return accuracies.keySet().iterator().next();
  }

  @Override
  public Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("temperature", evaluation.temperature());
    accuracies.forEach(
        (subject, found) ->
            described.put(
                subject.name().equals(Subject.TRAINED) ? "results" : subject.name(),
                results(found)));
    return described;
  }

  private Map<String, Object> results(Map<String, Double> found) {
    Map<String, Object> results = new LinkedHashMap<>();
    for (NeighbourQuestion question : asked.questions()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("k", question.neighbours());
      Json.put(result, "accuracy", found.getOrDefault(question.name(), Double.NaN));
      results.put(question.name(), result);
    }
    return results;
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    accuracies.forEach(
        (subject, found) -> {
          for (NeighbourQuestion question : asked.questions()) {
            lines.add(line(subject, question, found.getOrDefault(question.name(), Double.NaN)));
          }
        });
    return lines;
  }

  private String line(Subject subject, NeighbourQuestion question, double accuracy) {
    return String.format(
        Locale.ROOT,
        "  %-24s %6.2f %%  (k = %d%s)",
        question.name(),
        100 * accuracy,
        question.neighbours(),
        accuracies.size() == 1 ? "" : ", " + subject.name());
  }
}
