package io.github.nolabel.runs.report;

import io.github.nolabel.runs.report.Story.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers over steps as inline SVG. Its text keeps its size at every width of the page: places are
 * shares of the width, and only the curves are stretched.
 *
 * @param title above it, with the unit
 * @param levels to compare with, as dashed lines
 */
record LineChart(String title, List<Line> lines, List<Level> levels) {

  private static final int POINTS = 400;
  private static final int SIZE = 1000;

  /**
   * @param colour index of the page's palette
   * @param faint drawn thin, behind others
   */
  record Line(String name, int colour, boolean faint, List<Point> points) {}

  /** A height with a name. */
  record Level(String name, double height) {}

  /** A chart of one number. */
  static LineChart of(String title, String name, List<Point> points) {
    return new LineChart(title, List.of(new Line(name, 0, false, points)), List.of());
  }

  /** A {@code figure} with the drawing and what its colours mean. */
  String html() {
    Ticks across = Ticks.over(extent(Point::step, true), extent(Point::step, false), 5);
    Ticks up = up();
    String drawing =
        "<svg class=\"chart\" role=\"img\"><title>%s</title>%s%s%s%s</svg>"
            .formatted(
                Html.text(title),
                grid(across, up),
                levels.stream().map(l -> level(l, up)).collect(Collectors.joining()),
                curves(across, up),
                ends(across, up));
    return "<figure><figcaption>%s</figcaption>\n%s\n%s</figure>\n"
        .formatted(Html.text(title), drawing, legend());
  }

  private Ticks up() {
    double least = extent(Point::value, true);
    double most = extent(Point::value, false);
    for (Level level : levels) {
      least = Math.min(least, level.height());
      most = Math.max(most, level.height());
    }
    return Ticks.around(least, most, 4);
  }

  private double extent(java.util.function.ToDoubleFunction<Point> number, boolean least) {
    var all = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(number);
    return (least ? all.min() : all.max()).orElse(0);
  }

  private static String grid(Ticks across, Ticks up) {
    String rows =
        up.marks().stream()
            .map(
                mark ->
                    "<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%1$s\" y2=\"%1$s\"/><text class=\"up\" x=\"0\" dx=\"-8\" y=\"%1$s\" dy=\"4\">%2$s</text>"
                        .formatted(height(up, mark), Units.number(mark)))
            .collect(Collectors.joining());
    String columns =
        across.marks().stream()
            .map(
                mark ->
                    "<text class=\"across\" x=\"%s\" y=\"100%%\" dy=\"18\">%s</text>"
                        .formatted(percent(across.share(mark)), Units.number(mark)))
            .collect(Collectors.joining());
    return rows + columns;
  }

  private static String level(Level level, Ticks up) {
    return "<line class=\"level\" x1=\"0\" x2=\"100%%\" y1=\"%1$s\" y2=\"%1$s\"/><text class=\"levelname\" x=\"100%%\" y=\"%1$s\" dy=\"-5\">%2$s</text>"
        .formatted(height(up, level.height()), Html.text(level.name()));
  }

  private String curves(Ticks across, Ticks up) {
    return Stream.of(true, false)
        .flatMap(faint -> lines.stream().filter(line -> line.faint() == faint))
        .map(line -> curve(line, across, up))
        .collect(
            Collectors.joining(
                "",
                "<svg class=\"strokes\" viewBox=\"0 0 %1$d %1$d\" preserveAspectRatio=\"none\">"
                    .formatted(SIZE),
                "</svg>"));
  }

  private static String curve(Line line, Ticks across, Ticks up) {
    int every = Math.max(1, line.points().size() / POINTS);
    int last = line.points().size() - 1;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      if (i % every == 0 || i == last) {
        Point point = line.points().get(i);
        path.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                SIZE * across.share(point.step()),
                SIZE * (1 - up.share(point.value()))));
      }
    }
    return "<polyline class=\"line%s c%d\" points=\"%s\"/>"
        .formatted(line.faint() ? " faint" : "", line.colour(), path.toString().strip());
  }

  /** A dot at the end of each curve that tells its last number. */
  private String ends(Ticks across, Ticks up) {
    return lines.stream()
        .filter(line -> !line.faint() && !line.points().isEmpty())
        .map(line -> end(line, line.points().get(line.points().size() - 1), across, up))
        .collect(Collectors.joining());
  }

  private static String end(Line line, Point last, Ticks across, Ticks up) {
    return "<circle class=\"dot c%d\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s: %s at step %.0f</title></circle>"
        .formatted(
            line.colour(),
            percent(across.share(last.step())),
            height(up, last.value()),
            Html.text(line.name()),
            Units.number(last.value()),
            last.step());
  }

  private String legend() {
    return lines.stream()
        .filter(line -> !line.faint())
        .map(
            line ->
                "<span class=\"key c%d\">%s</span>"
                    .formatted(line.colour(), Html.text(line.name())))
        .collect(Collectors.joining(" ", "<p class=\"legend\">", "</p>"));
  }

  private static String height(Ticks up, double value) {
    return percent(1 - up.share(value));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
