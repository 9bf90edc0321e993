package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.Captioning;
import io.github.nolabel.runs.engine.PairQuestions;
import io.github.nolabel.runs.engine.Retrieving;
import io.github.nolabel.runs.file.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was asked of images and captions together, of the trained network and without learning. */
final class PairTables {

  private static final Map<String, String> DIRECTIONS =
      Map.of("imageToText", "image to text", "textToImage", "text to image");

  private final Map<String, Double> trained;
  private final Map<String, Double> untrained;
  private final List<List<String>> rows = new ArrayList<>();

  private PairTables(Map<String, Double> trained, Map<String, Double> untrained) {
    this.trained = trained;
    this.untrained = untrained;
  }

  /**
   * @param untrained empty if they are not known
   * @return empty if nothing was looked for
   */
  static String retrieval(Map<String, Double> trained, Map<String, Double> untrained) {
    if (trained.isEmpty()) {
      return "";
    }
    PairTables table = new PairTables(trained, untrained);
    for (String direction : List.of("imageToText", "textToImage")) {
      for (int k : new int[] {1, 5, 10}) {
        table.row(
            "%s, R@%d".formatted(DIRECTIONS.get(direction), k),
            direction + ".recallAt" + k,
            "%.2f",
            true,
            trained.getOrDefault(direction + ".chanceAt" + k, Double.NaN));
      }
      String rank = DIRECTIONS.get(direction) + ", median rank";
      table.row(rank, direction + ".medianRank", "%.0f", false, Double.NaN);
    }
    return table.html("Retrieval among held-out images", "chance")
        + Html.note(
            "R@k is the share with the right partner among the first k. Of the captions, %s have a word that training saw."
                .formatted(Units.percent(trained.getOrDefault(Retrieving.FAMILIAR, Double.NaN))));
  }

  /**
   * @param untrained empty if they are not known
   * @return empty if nothing was asked about captions
   */
  static String captions(Map<String, Double> trained, Map<String, Double> untrained) {
    PairTables table = new PairTables(trained, untrained);
    table.perplexity("perplexity per token", Captioning.PERPLEXITY, Captioning.UNIGRAMS);
    table.perplexity(
        "perplexity of hidden words",
        PairQuestions.HIDDEN_PERPLEXITY,
        PairQuestions.COUNTS_PERPLEXITY);
    table.row(
        "hidden words guessed",
        PairQuestions.HIDDEN_ACCURACY,
        "%.1f",
        true,
        trained.getOrDefault(PairQuestions.FREQUENT_ACCURACY, Double.NaN));
    table.row("told from another's caption", PairQuestions.MATCH_ACCURACY, "%.1f", true, 0.5);
    return table.rows.isEmpty() ? "" : table.html("Captions of held-out images", "without images");
  }

  private void perplexity(String what, String figure, String counted) {
    row(what, figure, "%.1f", false, trained.getOrDefault(counted, Double.NaN));
  }

  private void row(String what, String figure, String format, boolean share, double blind) {
    if (trained.containsKey(figure)) {
      double before = untrained.getOrDefault(figure, Double.NaN);
      double after = trained.getOrDefault(figure, Double.NaN);
      rows.add(
          List.of(
              what,
              words(format, share, before),
              words(format, share, after),
              words(format, share, blind)));
    }
  }

  private static String words(String format, boolean share, double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return share ? Figure.percent(format, value) + "\u00A0%" : Figure.of(format, value);
  }

  private String html(String title, String blind) {
    return Html.table(List.of(title, "untrained", "trained", blind), rows);
  }
}
