package io.github.nolabel.runs.report;

import io.github.nolabel.runs.layout.Places;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images at their places as inline SVG: dots in the colour of their class, and where there is room
 * the picture itself.
 *
 * @param images among the shown ones
 * @param colours of the most frequent classes, indices of the page's palette
 */
record MapDrawing(Exhibition shown, List<Integer> images, Map<String, Integer> colours) {

  private static final int COLOURS = 8;
  private static final int SIDE = 40;
  private static final int FINE = 10;
  private static final int COARSE = 5;

  static MapDrawing of(Exhibition shown, int... images) {
    Map<String, Long> counts =
        IntStream.of(images)
            .mapToObj(shown::className)
            .filter(name -> !name.isEmpty())
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    Map<String, Integer> colours = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(COLOURS)
        .forEach(entry -> colours.put(entry.getKey(), colours.size()));
    return new MapDrawing(shown, IntStream.of(images).boxed().toList(), colours);
  }

  String of(String title, Places places) {
    Ticks across = axis(places.x());
    Ticks up = axis(places.y());
    Set<Integer> taken = new HashSet<>();
    Set<Integer> coarse = new HashSet<>();
    StringBuilder dots = new StringBuilder();
    StringBuilder pictures = new StringBuilder();
    for (int i = 0; i < images.size(); i++) {
      double x = across.share(places.x().get(i));
      double y = 1 - up.share(places.y().get(i));
      if (taken.add(cell(x, y, FINE))) {
        pictures.append(picture(images.get(i), x, y, coarse.add(cell(x, y, COARSE))));
      } else {
        dots.append(dot(images.get(i), x, y));
      }
    }
    return "<svg class=\"plane\" role=\"img\"><title>%s</title>%s%s</svg>\n"
        .formatted(Html.text(title), dots, pictures);
  }

  private static Ticks axis(List<Double> values) {
    return Ticks.around(Collections.min(values), Collections.max(values), 2);
  }

  private static int cell(double x, double y, int cells) {
    int column = (int) (x * cells);
    int row = (int) (y * cells);
    return column * cells + row;
  }

  private String dot(int image, double x, double y) {
    return "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
        .formatted(colour(image), percent(x), percent(y), Html.text(words(image)));
  }

  private String picture(int image, double x, double y, boolean always) {
    return "<svg class=\"place%s\" x=\"%s\" y=\"%s\"><title>%s</title>%s<image x=\"-15\" y=\"-15\" width=\"30\" height=\"30\" preserveAspectRatio=\"xMidYMid slice\" href=\"%s\"/><rect class=\"frame %s\" x=\"-15\" y=\"-15\" width=\"30\" height=\"30\" rx=\"3\"/></svg>"
        .formatted(
            always ? "" : " extra",
            percent(x),
            percent(y),
            Html.text(words(image)),
            always ? "" : "<circle class=\"under %s\" r=\"4\"/>".formatted(colour(image)),
            Thumbnail.address(shown.images().image(image), SIDE),
            colour(image));
  }

  private String words(int image) {
    String name = shown.images().name(image);
    String kind = shown.className(image);
    return kind.isEmpty() ? name : kind + ": " + name;
  }

  private String colour(int image) {
    Integer colour = colours.get(shown.className(image));
    return colour == null ? "other" : "c" + colour;
  }

  /** What the colours mean. */
  String legend() {
    if (colours.isEmpty()) {
      return Html.note("The images have no classes, so there is one colour.");
    }
    String keys =
        colours.entrySet().stream()
            .map(
                e ->
                    "<span class=\"key c%d\">%s</span>"
                        .formatted(e.getValue(), Html.text(e.getKey())))
            .collect(Collectors.joining(" "));
    boolean more =
        images.stream().map(shown::className).anyMatch(name -> !colours.containsKey(name));
    return "<p class=\"legend\">%s%s</p>\n"
        .formatted(keys, more ? " <span class=\"key other\">other classes</span>" : "");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
