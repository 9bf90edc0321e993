package io.github.nolabel.site.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the blocks of a figure lie: in rows from the inputs down to the loss, every block below all
 * that it reads and that is computed before it; within a row below what it reads, on average.
 */
final class Layout {

  static final int WIDTH = 150;
  static final int HEIGHT = 44;
  static final int GAP = 22;
  static final int ROW = 86;

  /** Room on both sides for arrows that go round a block. */
  static final int SIDE = 34;

  private final Map<String, Integer> rows;
  private final Map<String, Double> centres = new LinkedHashMap<>();
  private int width;

  private Layout(Map<String, Integer> rows) {
    this.rows = rows;
  }

  static Layout of(MethodFigure figure) {
    Layout layout = new Layout(rows(figure));
    List<List<String>> order = layout.order(figure);
    int most = order.stream().mapToInt(List::size).max().orElse(1);
    layout.width = most * (WIDTH + GAP) + GAP + 2 * SIDE;
    order.forEach(layout::place);
    return layout;
  }

  int width() {
    return width;
  }

  int height() {
    return (rows.values().stream().mapToInt(row -> row).max().orElse(0) + 1) * ROW + GAP;
  }

  double centre(String block) {
    return Objects.requireNonNull(centres.get(block), block);
  }

  int top(String block) {
    return row(block) * ROW + GAP;
  }

  int row(String block) {
    return Objects.requireNonNull(rows.get(block), block);
  }

  /** The column nearest to a block's own in which nothing lies between it and a block below. */
  double lane(String from, String to) {
    double own = centre(from);
    List<Double> between =
        rows.keySet().stream()
            .filter(block -> row(block) > row(from) && row(block) < row(to))
            .map(this::centre)
            .toList();
    double beside = (WIDTH + GAP) / 2.0;
    return Stream.concat(
            Stream.of(own), between.stream().flatMap(x -> Stream.of(x - beside, x + beside)))
        .filter(x -> between.stream().allMatch(other -> Math.abs(other - x) > WIDTH / 2.0))
        .min(Comparator.comparing(x -> Math.abs(x - own)))
        .orElse(own);
  }

  private static Map<String, Integer> rows(MethodFigure figure) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (Block block : figure.blocks()) {
      int row =
          figure.arrows().stream()
              .filter(arrow -> arrow.to().equals(block.name()))
              .mapToInt(arrow -> rows.getOrDefault(arrow.from(), -1) + 1)
              .max()
              .orElse(0);
      rows.put(block.name(), row);
    }
    return rows;
  }

  private List<List<String>> order(MethodFigure figure) {
    List<List<String>> order = new ArrayList<>();
    Map<String, Double> at = new LinkedHashMap<>();
    for (int row = 0; row * ROW + GAP < height() - GAP; row++) {
      int current = row;
      List<String> names =
          new ArrayList<>(rows.keySet().stream().filter(name -> row(name) == current).toList());
      Map<String, Double> wish = new LinkedHashMap<>();
      names.forEach(name -> wish.put(name, wish(name, figure, at, names.indexOf(name))));
      names.sort(Comparator.comparing(name -> Objects.requireNonNull(wish.get(name))));
      for (int i = 0; i < names.size(); i++) {
        at.put(names.get(i), (i + 0.5) / names.size());
      }
      order.add(names);
    }
    return order;
  }

  /** The mean place of what a block reads; its own place in the graph's order decides ties. */
  private static double wish(String name, MethodFigure figure, Map<String, Double> at, int index) {
    return figure.arrows().stream()
            .filter(arrow -> arrow.to().equals(name) && at.containsKey(arrow.from()))
            .mapToDouble(arrow -> Objects.requireNonNull(at.get(arrow.from())))
            .average()
            .orElse(0)
        + 1e-6 * index;
  }

  private void place(List<String> names) {
    double step = (width - 2.0 * SIDE) / names.size();
    for (int i = 0; i < names.size(); i++) {
      centres.put(names.get(i), SIDE + step * (i + 0.5));
    }
  }
}
