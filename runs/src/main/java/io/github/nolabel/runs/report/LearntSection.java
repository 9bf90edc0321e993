package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.Anchors;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.report.LineChart.Level;
import io.github.nolabel.runs.report.LineChart.Line;
import io.github.nolabel.runs.watch.OnlineNeighbours;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers of the trained network beside those without learning, and on the way there. */
final class LearntSection {

  private static final String RETRIEVAL = "retrieval_";

  private LearntSection() {}

  static String of(Story story) {
    return Html.section(
        "learnt",
        "What was learnt",
        story.result().map(LearntSection::answers).orElseGet(() -> unasked(story))
            + onTheWay(story));
  }

  private static String unasked(Story story) {
    return Html.note(
        story.file().anchors().filter(anchors -> !anchors.untrained().isEmpty()).isPresent()
            ? "The run is not complete; its questions are asked when it is."
            : "The run is not complete, and nothing was asked of it yet.");
  }

  private static String answers(RunResult result) {
    return neighbours(result)
        + PairTables.retrieval(result.retrieval(), result.anchors().retrieval())
        + PairTables.captions(result.captions(), result.anchors().captions());
  }

  private static String neighbours(RunResult result) {
    if (result.trained().isEmpty()) {
      return Html.note(result.unasked());
    }
    return Html.table(
            List.of("Nearest neighbours of held-out images", "untrained", "trained", "raw pixels"),
            result.trained().keySet().stream().map(question -> row(result, question)).toList())
        + Html.note(
            "The share of held-out images whose nearest neighbours by cosine say the right answer:"
                + " by the network before its first step, by the trained one, and by the pixels"
                + " themselves. A network has learnt something if it passes the first, and"
                + " something that colours and shapes do not say if it passes the last.");
  }

  private static List<String> row(RunResult result, String question) {
    Anchors anchors = result.anchors();
    return List.of(
        question,
        percent(anchors.untrained(), question),
        percent(result.trained(), question),
        percent(anchors.rawPixels(), question));
  }

  private static String percent(Map<String, Double> accuracies, String question) {
    return Units.percent(accuracies.getOrDefault(question, Double.NaN));
  }

  private static String onTheWay(Story story) {
    List<String> asked = names(story, OnlineNeighbours.PREFIX);
    String neighbours =
        asked.isEmpty()
            ? Html.note(
                "Neighbours while training: none, because nothing is labelled, the run was too"
                    + " short, or evaluation.everyEpochs is 0.")
            : chart(
                    story,
                    "Neighbours while training, share of right answers by step",
                    asked,
                    anchors(story))
                .html();
    List<String> retrieved =
        names(story, RETRIEVAL).stream().filter(name -> name.endsWith("At1")).toList();
    return retrieved.isEmpty()
        ? neighbours
        : neighbours
            + chart(
                    story,
                    "Retrieval while training, share with the right partner first by step",
                    retrieved,
                    List.of())
                .html();
  }

  private static List<String> names(Story story, String prefix) {
    return story.numbers().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private static LineChart chart(
      Story story, String title, List<String> names, List<Level> levels) {
    List<Line> lines =
        Stream.iterate(0, i -> i < names.size(), i -> i + 1)
            .map(i -> new Line(bare(names.get(i)), i, false, story.series(names.get(i))))
            .toList();
    return new LineChart(title, lines, levels);
  }

  private static String bare(String name) {
    return name.substring(name.indexOf('_') + 1);
  }

  /** The headline before the first step. */
  private static List<Level> anchors(Story story) {
    Map<String, Double> untrained = story.file().anchors().map(Anchors::untrained).orElse(Map.of());
    return untrained.entrySet().stream()
        .limit(1)
        .filter(entry -> Double.isFinite(entry.getValue()))
        .map(entry -> new Level(entry.getKey() + " before the first step", entry.getValue()))
        .toList();
  }
}
