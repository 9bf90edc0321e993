package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.runs.engine.Neighbours;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Figure;
import io.github.nolabel.runs.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the nearest neighbours of held-out images say. */
final class Knn implements Protocol<Knn.Options> {

  /** See {@link NeighbourEvaluation}. */
  public record Options(
      @Option(value = "How many neighbours vote; 0: the data's choice", min = 0, max = 1e6) int k,
      @Option(value = "Votes weigh exp(cosine / temperature)", min = 1e-3, max = 10)
          double temperature) {

    public Options {
      RecordOptions.check(Options.class, k, temperature);
    }
  }

  @Override
  public String name() {
    return "knn";
  }

  @Override
  public String summary() {
    return "held-out images ask their nearest neighbours in feature space";
  }

  @Override
  public Options defaults() {
    return new Options(0, NeighbourEvaluation.STANDARD.temperature());
  }

  @Override
  public Report ask(Examination examination, Options options) {
    HeldOut asked = asked(examination.labelled(), options.k());
    List<Subject> subjects = examination.networks().frozen();
    Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (Subject subject : subjects) {
      Map<String, Double> found =
          Neighbours.of(
              subject.backbone(),
              asked,
              new NeighbourEvaluation(options.temperature()),
              examination.runtime(),
              examination.device());
      figures.put(subject.name(), results(asked, found));
      String network = subjects.size() == 1 ? "" : ", " + subject.name();
      asked
          .questions()
          .forEach(question -> lines.add(line(question, of(found, question), network)));
    }
    return new Report(
        subjects.get(0), Map.of("temperature", options.temperature()), figures, lines, List.of());
  }

  private static HeldOut asked(HeldOut heldOut, int k) {
    List<NeighbourQuestion> questions =
        heldOut.questions().stream().map(q -> k > 0 ? q.withNeighbours(k) : q).toList();
    return new HeldOut(heldOut.images(), questions, heldOut.rounds());
  }

  private static Map<String, Object> results(HeldOut asked, Map<String, Double> found) {
    Map<String, Object> results = new LinkedHashMap<>();
    for (NeighbourQuestion question : asked.questions()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("k", question.neighbours());
      Json.put(result, "accuracy", of(found, question));
      results.put(question.name(), result);
    }
    return results;
  }

  private static double of(Map<String, Double> found, NeighbourQuestion question) {
    return found.getOrDefault(question.name(), Double.NaN);
  }

  private static String line(NeighbourQuestion question, double accuracy, String network) {
    return String.format(
        Locale.ROOT,
        "  %-24s %s %%  (k = %d%s)",
        question.name(),
        Figure.percent("%6.2f", accuracy),
        question.neighbours(),
        network);
  }
}
