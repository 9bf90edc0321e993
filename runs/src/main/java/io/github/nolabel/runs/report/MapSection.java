package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.FeatureMatrix;
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

/** Where images lie in the plane of the first two principal components, some with pictures. */
final class MapSection {

  private static final int MOST = 400;
  private static final int COLOURS = 8;
  private static final int SIDE = 40;
  private static final int FINE = 11;
  private static final int COARSE = 5;

  private final Exhibition shown;
  private final int[] images;
  private final Plane plane;
  private final Map<String, Integer> colours;

  private MapSection(Exhibition shown) {
    this.shown = shown;
    this.images = Exhibition.spread(shown.images().size(), MOST);
    this.plane = Plane.of(chosen());
    this.colours = colours();
  }

  static String of(Exhibition shown) {
    MapSection map = new MapSection(shown);
    return Html.section(
        "map",
        "Map of embeddings",
        map.drawing()
            + map.legend()
            + Html.note(
                "%d images at the first two principal components of their features (unit length), which keep %s of the variance between them. Images that the network finds alike lie together; two that lie together in the plane may still be apart in the rest."
                    .formatted(map.images.length, Units.percent(map.plane.share()))));
  }

  private FeatureMatrix chosen() {
    float[] all = shown.features().values();
    int width = shown.features().width();
    float[] values = new float[images.length * width];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(all, images[i] * width, values, i * width, width);
    }
    return FeatureMatrix.of(width, values);
  }

  /** The most frequent classes. */
  private Map<String, Integer> colours() {
    Map<String, Long> counts =
        IntStream.of(images)
            .mapToObj(shown::className)
            .filter(name -> !name.isEmpty())
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    List<String> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Integer> colours = new LinkedHashMap<>();
    frequent.forEach(name -> colours.put(name, colours.size()));
    return colours;
  }

  private String drawing() {
    Ticks across = axis(plane.x());
    Ticks up = axis(plane.y());
    Set<Integer> taken = new HashSet<>();
    Set<Integer> coarse = new HashSet<>();
    StringBuilder dots = new StringBuilder();
    StringBuilder pictures = new StringBuilder();
    for (int i = 0; i < images.length; i++) {
      double x = across.share(plane.x().get(i));
      double y = 1 - up.share(plane.y().get(i));
      if (taken.add(cell(x, y, FINE))) {
        pictures.append(picture(i, x, y, coarse.add(cell(x, y, COARSE))));
      } else {
        dots.append(dot(i, x, y));
      }
    }
    return "<svg class=\"plane\" role=\"img\"><title>Map of embeddings</title>%s%s</svg>\n"
        .formatted(dots, pictures);
  }

  private static Ticks axis(List<Double> values) {
    return Ticks.around(Collections.min(values), Collections.max(values), 2);
  }

  private static int cell(double x, double y, int cells) {
    int column = (int) (x * cells);
    int row = (int) (y * cells);
    return column * cells + row;
  }

  private String dot(int i, double x, double y) {
    return "<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>"
        .formatted(colour(i), percent(x), percent(y), Html.text(words(i)));
  }

  private String picture(int i, double x, double y, boolean always) {
    return "<svg class=\"place%s\" x=\"%s\" y=\"%s\"><title>%s</title><image x=\"-18\" y=\"-18\" width=\"36\" height=\"36\" preserveAspectRatio=\"xMidYMid slice\" href=\"%s\"/><rect class=\"frame %s\" x=\"-18\" y=\"-18\" width=\"36\" height=\"36\" rx=\"3\"/></svg>"
        .formatted(
            always ? "" : " extra",
            percent(x),
            percent(y),
            Html.text(words(i)),
            Thumbnail.address(shown.images().image(images[i]), SIDE),
            colour(i));
  }

  private String words(int i) {
    String name = shown.images().name(images[i]);
    String kind = shown.className(images[i]);
    return kind.isEmpty() ? name : kind + ": " + name;
  }

  private String colour(int i) {
    Integer colour = colours.get(shown.className(images[i]));
    return colour == null ? "other" : "c" + colour;
  }

  private String legend() {
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
        IntStream.of(images)
            .mapToObj(shown::className)
            .anyMatch(name -> !colours.containsKey(name));
    return "<p class=\"legend\">%s%s</p>\n"
        .formatted(keys, more ? " <span class=\"key other\">other classes</span>" : "");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
