package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.Largest;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Images with their nearest neighbours: where that goes best, as usual, and worst. */
final class GallerySection {

  private static final int NEIGHBOURS = 5;
  private static final int ROWS = 3;
  private static final int SIDE = 96;

  private final Exhibition shown;
  private final List<Integer> answers;

  /** A question, the images nearest to it and how near they are; the better the higher. */
  private record Found(int query, List<Integer> nearest, List<Double> cosines, double quality) {}

  private GallerySection(Exhibition shown) {
    this.shown = shown;
    this.answers = shown.answers();
  }

  static String of(Exhibition shown) {
    GallerySection gallery = new GallerySection(shown);
    List<Found> found = gallery.found();
    return Html.section(
        "neighbours", "Nearest neighbours", Html.note(gallery.explained()) + gallery.groups(found));
  }

  private String explained() {
    return "An image, then the %d nearest by the cosine of their features. ".formatted(NEIGHBOURS)
        + (answers.isEmpty()
            ? "Nothing is labelled: best is where the nearest are nearest, worst where they are"
                + " farthest."
            : "Right is the same answer to '%s'. A neighbour that is right counts its cosine, a wrong one minus its cosine: best has near right ones, worst near wrong ones, typical is the middle of all."
                .formatted(shown.run().data().heldOut().questions().get(0).name()));
  }

  private String groups(List<Found> found) {
    int middle = Math.max(0, (found.size() - ROWS) / 2);
    return group("Best", distinct(found))
        + group("Typical", found.subList(middle, Math.min(found.size(), middle + ROWS)))
        + group("Worst", distinct(reversed(found)));
  }

  private static List<Found> reversed(List<Found> found) {
    List<Found> reversed = new ArrayList<>(found);
    Collections.reverse(reversed);
    return reversed;
  }

  /** The first few, of one class each as far as there are as many. */
  private List<Found> distinct(List<Found> found) {
    List<Found> first = new ArrayList<>();
    for (Found one : found) {
      boolean fresh =
          answers.isEmpty()
              || first.stream().noneMatch(f -> answers.get(f.query).equals(answers.get(one.query)));
      if (fresh && first.size() < ROWS) {
        first.add(one);
      }
    }
    return first;
  }

  private List<Found> found() {
    List<Found> found = new ArrayList<>();
    rounds()
        .forEach(
            round ->
                round.queries().stream()
                    .parallel()
                    .map(query -> found(query, round.gallery()))
                    .filter(one -> !one.nearest.isEmpty())
                    .forEachOrdered(found::add));
    found.sort(Comparator.comparingDouble(Found::quality).reversed());
    return found;
  }

  /** As the run's accuracy was asked, as far as the images are shown; else all among all. */
  private List<NeighbourRound> rounds() {
    if (answers.isEmpty()) {
      List<Integer> all = IntStream.range(0, shown.images().size()).boxed().toList();
      return List.of(new NeighbourRound(all, all));
    }
    return shown.rounds();
  }

  private Found found(int query, List<Integer> gallery) {
    float[] cosines = new float[gallery.size()];
    for (int i = 0; i < cosines.length; i++) {
      int other = gallery.get(i);
      cosines[i] = other == query ? Float.NEGATIVE_INFINITY : shown.features().dot(query, other);
    }
    int others = cosines.length - (gallery.contains(query) ? 1 : 0);
    int[] nearest = Largest.of(cosines, Math.min(NEIGHBOURS, others)).toArray();
    double quality =
        IntStream.of(nearest)
            .mapToDouble(i -> isRight(query, gallery.get(i)) ? cosines[i] : -cosines[i])
            .sum();
    return new Found(
        query,
        IntStream.of(nearest).mapToObj(gallery::get).toList(),
        IntStream.of(nearest).mapToObj(i -> (double) cosines[i]).toList(),
        quality);
  }

  private boolean isRight(int query, int other) {
    return answers.isEmpty() || answers.get(query).equals(answers.get(other));
  }

  private String group(String name, List<Found> found) {
    return found.stream()
        .map(this::row)
        .collect(Collectors.joining("", "<h3>%s</h3>\n".formatted(name), ""));
  }

  private String row(Found found) {
    StringBuilder row = new StringBuilder("<div class=\"row\">\n");
    row.append(picture(found.query, "query", "asks"));
    for (int i = 0; i < found.nearest.size(); i++) {
      int other = found.nearest.get(i);
      boolean right = isRight(found.query, other);
      String mark = answers.isEmpty() ? "" : right ? "✓ " : "✗ ";
      String words = String.format(Locale.ROOT, "%s%.2f", mark, found.cosines.get(i));
      row.append(picture(other, answers.isEmpty() ? "plain" : right ? "right" : "wrong", words));
    }
    return row.append("</div>\n").toString();
  }

  private String picture(int image, String kind, String words) {
    return "<figure class=\"picture %s\" title=\"%s\"><img src=\"%s\" alt=\"%2$s\"/><figcaption>%s<small>%s</small></figcaption></figure>\n"
        .formatted(
            kind,
            Html.text(shown.images().name(image)),
            Thumbnail.address(shown.images().image(image), SIDE),
            Html.text(words),
            Html.text(shown.className(image)));
  }
}
