package io.github.nolabel.site.figure;

import java.util.Locale;

/** A laid out figure as SVG. */
final class Drawing {

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1d2129; text-anchor: middle; }
      .note { font-size: 10.5px; fill: #5b6472; }
      .long { font-size: 11px; }
      rect { fill: #f3f5f8; stroke: #8b95a3; }
      .trained { fill: #dbe9ff; stroke: #1457b8; }
      .follows, .frozen { fill: #eee8dc; stroke: #8a6d2f; stroke-dasharray: 5 3; }
      .memory { fill: #e5f2e5; stroke: #3c7a3c; }
      .loss { fill: #ffe2dd; stroke: #b3402c; }
      .input { fill: none; stroke: none; }
      path { fill: none; stroke: #8b95a3; stroke-width: 1.3; }
      .gradient { stroke: #1457b8; stroke-width: 2; }
      .quiet { stroke-dasharray: 4 3; }
      .weights { stroke: #8a6d2f; stroke-dasharray: 1 4; stroke-width: 2; }
      .stop { stroke: #b3402c; stroke-width: 3; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e3e6eb; } .note { fill: #9aa4b2; }
        rect { fill: #1e232b; } .trained { fill: #1b2f52; stroke: #84b4ff; }
        .follows, .frozen { fill: #332c1d; stroke: #c7a55c; } .memory { fill: #1d331d; stroke: #7cbf7c; }
        .loss { fill: #43211b; stroke: #ee8a77; } .gradient { stroke: #84b4ff; }
        .weights { stroke: #c7a55c; } .stop { stroke: #ee8a77; }
      }
      </style>
      """;

  /** How far a line goes straight before it turns. */
  private static final int BEND = 36;

  /** Where a line that goes round a block leaves it, right of the middle, and how far it swings. */
  private static final int ASIDE = 48;

  private static final int SWING = 84;

  private final MethodFigure figure;
  private final Layout layout;

  Drawing(MethodFigure figure, Layout layout) {
    this.figure = figure;
    this.layout = layout;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\">\n"
            .formatted(layout.width(), layout.height()));
    svg.append(STYLE);
    figure.arrows().forEach(arrow -> svg.append(line(arrow)));
    figure.followers().forEach((teacher, student) -> svg.append(follows(student, teacher)));
    figure.blocks().forEach(block -> svg.append(box(block)));
    return svg.append("</svg>\n").toString();
  }

  private String box(Block block) {
    String label = Paths.label(block.name());
    double x = layout.centre(block.name());
    int y = layout.top(block.name());
    int baseline = y + (block.note().isEmpty() ? 27 : 19);
    String note =
        block.note().isEmpty()
            ? ""
            : form("<text class=\"note\" x=\"%.0f\" y=\"%d\">%s</text>\n", x, y + 36, block.note());
    return form(
            "<rect class=\"%s\" x=\"%.0f\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>\n",
            block.kind().name().toLowerCase(Locale.ROOT),
            x - Layout.WIDTH / 2.0,
            y,
            Layout.WIDTH,
            Layout.HEIGHT)
        + form(
            "<text%s x=\"%.0f\" y=\"%d\">%s</text>\n",
            label.length() > 20 ? " class=\"long\"" : "", x, baseline, label)
        + note;
  }

  private String line(Arrow arrow) {
    int rows = layout.row(arrow.to()) - layout.row(arrow.from());
    if (rows <= 0) {
      return back(arrow);
    }
    double x1 = layout.centre(arrow.from());
    double x2 = layout.centre(arrow.to());
    boolean round = rows > 1 && Math.abs(x1 - x2) < Layout.WIDTH / 2.0;
    if (round) {
      return swung(arrow, x1 + ASIDE, x2 + ASIDE);
    }
    return headed(arrow, x2, down(x1, x2, layout.lane(arrow.from(), arrow.to()), arrow));
  }

  /** Through a free column to the gap above the other block, then to the middle of its edge. */
  private String down(double x1, double x2, double lane, Arrow arrow) {
    int y1 = layout.top(arrow.from()) + Layout.HEIGHT;
    int y2 = layout.top(arrow.to());
    int gap = Layout.ROW - Layout.HEIGHT;
    if (y2 - y1 == gap) {
      return curve(x1, y1, x2, y2);
    }
    String aside = lane == x1 ? form("M%.0f %d", x1, y1) : curve(x1, y1, lane, y1 + gap);
    return aside + form(" L%.0f %d ", lane, y2 - gap) + curve(lane, y2 - gap, x2, y2);
  }

  private static String curve(double x1, int y1, double x2, int y2) {
    return form("M%.0f %d C%.0f %d %.0f %d %.0f %d", x1, y1, x1, y1 + BEND, x2, y2 - BEND, x2, y2);
  }

  /** From the lower edge of a block to the upper edge of another one, out to the right. */
  private String swung(Arrow arrow, double x1, double x2) {
    int y1 = layout.top(arrow.from()) + Layout.HEIGHT;
    int y2 = layout.top(arrow.to());
    return headed(
        arrow,
        x2,
        form(
            "M%.0f %d C%.0f %d %.0f %d %.0f %d",
            x1, y1, x1 + SWING, y1 + BEND, x2 + SWING, y2 - BEND, x2, y2));
  }

  private String headed(Arrow arrow, double x, String path) {
    int y = layout.top(arrow.to());
    String head = form("M%.0f %d l-4 -8 M%.0f %d l4 -8", x, y, x, y);
    return form("<path class=\"%s\" d=\"%s %s\"/>\n", kind(arrow), path, head)
        + (arrow.stopped()
            ? form("<path class=\"stop\" d=\"M%.0f %d h16\"/>\n", x - 8, y - 14)
            : "");
  }

  /** To a block beside or above, such as a queue that takes in what was just computed. */
  private String back(Arrow arrow) {
    double x1 = layout.centre(arrow.from()) + Layout.WIDTH / 2.0;
    double x2 = layout.centre(arrow.to()) + Layout.WIDTH / 2.0;
    int y1 = layout.top(arrow.from()) + Layout.HEIGHT / 2;
    int y2 = layout.top(arrow.to()) + Layout.HEIGHT / 2;
    double out = Math.max(x1, x2) + Layout.GAP;
    return form(
        "<path class=\"%s\" d=\"M%.0f %d C%.0f %d %.0f %d %.0f %d l8 -4 m-8 4 l8 4\"/>\n",
        kind(arrow), x1, y1, out, y1, out, y2, x2, y2);
  }

  private String follows(String student, String teacher) {
    double x1 = layout.centre(student);
    double x2 = layout.centre(teacher);
    double side = x1 < x2 ? Layout.WIDTH / 2.0 : -Layout.WIDTH / 2.0;
    int y1 = layout.top(student) + Layout.HEIGHT / 2;
    int y2 = layout.top(teacher) + Layout.HEIGHT / 2;
    return form(
        "<path class=\"weights\" d=\"M%.0f %d L%.0f %d\"/>\n", x1 + side, y1, x2 - side, y2);
  }

  private static String kind(Arrow arrow) {
    return arrow.gradient() ? "gradient" : "quiet";
  }

  private static String form(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
