package io.github.nolabel.runs.protocol;

import io.github.nolabel.runs.engine.Retrieving;
import io.github.nolabel.runs.file.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of retrieval for a person, beside chance. */
public final class RetrievalLines {

  private static final Map<String, String> DIRECTIONS =
      Map.of("imageToText", "image to text", "textToImage", "text to image");

  private RetrievalLines() {}

  /**
   * @param untrained empty if they are not known
   */
  public static List<String> of(Map<String, Double> trained, Map<String, Double> untrained) {
    if (trained.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Retrieval among held-out images          untrained   trained       chance");
    for (String direction : List.of("imageToText", "textToImage")) {
      for (int k : new int[] {1, 5, 10}) {
        lines.add(recall(direction, k, trained, untrained));
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-36s %s %s",
              DIRECTIONS.get(direction) + ", median rank",
              Figure.of("%10.0f", of(untrained, direction + ".medianRank")),
              Figure.of("%9.0f", of(trained, direction + ".medianRank"))));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "  captions with a word that training saw %s %%",
            Figure.percent("%17.1f", of(trained, Retrieving.FAMILIAR))));
    return lines;
  }

  private static String recall(
      String direction, int k, Map<String, Double> trained, Map<String, Double> untrained) {
    String figure = direction + ".recallAt" + k;
    return String.format(
        Locale.ROOT,
        "  %-36s %s %% %s %% %s %%",
        "%s, R@%d".formatted(DIRECTIONS.get(direction), k),
        Figure.percent("%8.2f", of(untrained, figure)),
        Figure.percent("%7.2f", of(trained, figure)),
        Figure.percent("%10.2f", of(trained, direction + ".chanceAt" + k)));
  }

  private static double of(Map<String, Double> figures, String name) {
    return figures.getOrDefault(name, Double.NaN);
  }
}
