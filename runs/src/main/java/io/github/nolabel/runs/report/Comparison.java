package io.github.nolabel.runs.report;

import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.runs.engine.Anchors;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.TrainingFigures;
import io.github.nolabel.runs.report.LineChart.Line;
import io.github.nolabel.runs.report.Story.Point;
import io.github.nolabel.runs.watch.OnlineNeighbours;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Several runs beside each other: results, curves, and in what they differ. */
record Comparison(List<Story> stories, List<String> names) {

  private static final int COLOURS = 8;

  /** Runs under the names of their folders, or their paths where two share a name. */
  static Comparison of(List<Story> stories) {
    List<String> names = stories.stream().map(Story::name).toList();
    boolean distinct = names.stream().distinct().count() == names.size();
    return new Comparison(
        stories,
        distinct ? names : stories.stream().map(s -> s.folder().root().toString()).toList());
  }

  String html() {
    return "<header>\n<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n</header>\n"
            .formatted("Several runs", Html.text(String.join(", ", names)))
        + Html.section("results", "Results", results())
        + Html.section("curves", "Curves", curves())
        + Html.section("differences", "Options that differ", differences())
        + Html.section("surroundings", "Data and machines that differ", surroundings());
  }

  private String results() {
    List<String> head =
        List.of(
            "Run",
            "method",
            "status",
            "question",
            "untrained",
            "trained",
            "raw pixels",
            "final loss",
            "images/s",
            "time");
    return Html.table(head, IntStream.range(0, stories.size()).mapToObj(this::result).toList());
  }

  private List<String> result(int run) {
    Story story = stories.get(run);
    String question =
        story.result().flatMap(r -> r.trained().keySet().stream().findFirst()).orElse("–");
    Map<String, Double> trained = story.result().map(RunResult::trained).orElse(Map.of());
    return List.of(
        names.get(run),
        story.method(),
        story.file().status().name().toLowerCase(Locale.ROOT),
        question,
        percent(story.file().anchors().map(Anchors::untrained).orElse(Map.of()), question),
        percent(trained, question),
        percent(story.file().anchors().map(Anchors::rawPixels).orElse(Map.of()), question),
        Units.number(Headline.figure(story, TrainingFigures::finalLoss)),
        Units.number(Headline.figure(story, TrainingFigures::imagesPerSecond)),
        Units.duration(story.file().record().seconds().getOrDefault("total", Double.NaN)));
  }

  private static String percent(Map<String, Double> figures, String question) {
    return Units.percent(figures.getOrDefault(question, Double.NaN));
  }

  private String curves() {
    boolean oneMethod = stories.stream().map(Story::method).distinct().count() == 1;
    return overlaid("Loss by step", LossSection.LOSS, Smooth::course)
        + (oneMethod
            ? ""
            : Html.note(
                "The methods differ, and so do the meanings of their losses: only runs of one"
                    + " method can be compared by them."))
        + questions().stream()
            .map(
                name ->
                    overlaid(
                        "Right answers to %s while training, by step"
                            .formatted(name.substring(OnlineNeighbours.PREFIX.length())),
                        name,
                        UnaryOperator.identity()))
            .collect(Collectors.joining());
  }

  private Set<String> questions() {
    return stories.stream()
        .flatMap(story -> story.numbers().stream())
        .filter(name -> name.startsWith(OnlineNeighbours.PREFIX))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String overlaid(String title, String number, UnaryOperator<List<Point>> drawn) {
    List<Line> lines = new ArrayList<>();
    for (int run = 0; run < stories.size(); run++) {
      List<Point> points = drawn.apply(stories.get(run).series(number));
      if (!points.isEmpty()) {
        lines.add(new Line(names.get(run), run % COLOURS, false, points));
      }
    }
    return lines.isEmpty()
        ? Html.note("None of the runs has '%s' in its metrics.".formatted(number))
        : new LineChart(title, lines, List.of()).html();
  }

  private String differences() {
    List<List<String>> rows =
        options().stream()
            .map(this::row)
            .filter(row -> row.stream().skip(1).distinct().count() > 1)
            .toList();
    return rows.isEmpty() ? Html.note("All options are the same.") : table("Option", rows);
  }

  private String surroundings() {
    List<Map<String, String>> facts = stories.stream().map(Comparison::facts).toList();
    List<List<String>> rows =
        facts.stream()
            .flatMap(run -> run.keySet().stream())
            .distinct()
            .map(name -> row(name, facts))
            .filter(row -> row.stream().skip(1).distinct().count() > 1)
            .toList();
    return rows.isEmpty()
        ? Html.note("Data, machine, versions and revision are the same.")
        : table("Fact", rows);
  }

  private static Map<String, String> facts(Story story) {
    RunRecord record = story.file().record();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "fingerprint of the data", String.valueOf(record.data().getOrDefault("fingerprint", "–")));
    facts.put("device", record.device());
    facts.putAll(record.host());
    facts.putAll(record.versions());
    facts.put("revision", record.gitRevision());
    return facts;
  }

  private static List<String> row(String name, List<Map<String, String>> facts) {
    return Stream.concat(Stream.of(name), facts.stream().map(run -> run.getOrDefault(name, "–")))
        .toList();
  }

  private String table(String first, List<List<String>> rows) {
    return Html.table(Stream.concat(Stream.of(first), names.stream()).toList(), rows);
  }

  /** All that some run has, as {@code group.name}. */
  private Set<String> options() {
    Set<String> options = new LinkedHashSet<>();
    for (Story story : stories) {
      story
          .file()
          .assignments(story.folder().record())
          .forEach(assignment -> options.add(assignment.name()));
    }
    return options;
  }

  private List<String> row(String option) {
    int dot = option.indexOf('.');
    return Stream.concat(
            Stream.of(option),
            stories.stream()
                .map(
                    story ->
                        story
                            .option(option.substring(0, dot), option.substring(dot + 1))
                            .orElse("–")))
        .toList();
  }
}
