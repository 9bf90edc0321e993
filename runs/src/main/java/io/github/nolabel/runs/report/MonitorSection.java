package io.github.nolabel.runs.report;

import io.github.nolabel.runs.report.LineChart.Line;
import io.github.nolabel.runs.report.Story.Point;
import io.github.nolabel.runs.watch.CollapseSign;
import io.github.nolabel.runs.watch.OnlineNeighbours;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers that show a collapse, each with its meaning. */
final class MonitorSection {

  private static final Set<String> ELSEWHERE =
      Set.of("epoch", "loss", "learningRate", "imagesPerSecond", "dataWaitShare");

  private MonitorSection() {}

  static String of(Story story) {
    List<String> monitors = story.numbers().stream().filter(name -> !isElsewhere(name)).toList();
    String content =
        monitors.isEmpty()
            ? Html.note("No step has reported any.")
            : monitors.stream()
                .map(name -> card(name, story.series(name)))
                .collect(Collectors.joining("", "<div class=\"cards\">\n", "</div>\n"));
    return Html.section(
        "monitors",
        "Monitors",
        Html.note(
                "A loss that falls does not say that something is learnt: a network that gives every image the same embedding pleases many losses. These numbers show such a collapse.")
            + content);
  }

  private static boolean isElsewhere(String name) {
    return ELSEWHERE.contains(name)
        || name.startsWith(OnlineNeighbours.PREFIX)
        || name.startsWith("retrieval_");
  }

  private static String card(String name, List<Point> points) {
    double last = points.get(points.size() - 1).value();
    Line course = new Line(name, 0, false, Smooth.course(points));
    Line every = new Line(name, 0, true, points);
    String chart =
        new LineChart(
                "%s, at last %s".formatted(name, Units.number(last)),
                List.of(every, course),
                List.of())
            .html();
    String words =
        MonitorGuide.of(name)
            .map(MonitorGuide::words)
            .orElse("A number of the method; the report does not know what is healthy.");
    return "<div class=\"card\">%s%s%s</div>\n"
        .formatted(chart, alarm(name, last), Html.note(words));
  }

  private static String alarm(String name, double last) {
    return CollapseSign.seen(name, last)
        .map(
            seen ->
                "<p class=\"alarm\">%s</p>\n"
                    .formatted(Html.text("A sign of collapse at the end: " + seen + ".")))
        .orElse("");
  }
}
