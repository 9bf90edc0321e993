package io.github.nolabel.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures about images and captions stand in the column that they belong to. */
class PairTablesTest {

  @Test
  void ofNothingThereIsNoTable() {
    assertThat(PairTables.retrieval(Map.of(), Map.of())).isEmpty();
    assertThat(PairTables.captions(Map.of(), Map.of())).isEmpty();
  }

  @Test
  void retrievalStandsBesideChanceAndRanksBesideNone() {
    String table =
        PairTables.retrieval(
            Map.of(
                "imageToText.recallAt1", 0.0817,
                "imageToText.chanceAt1", 0.0007,
                "imageToText.medianRank", 18.0,
                "textsWithSeenWord", 1.0),
            Map.of("imageToText.recallAt1", 0.0013));
    assertThat(table)
        .contains(row("image to text, R@1", "0.13\u00A0%", "8.17\u00A0%", "0.07\u00A0%"))
        .contains(row("image to text, median rank", "–", "18", "–"))
        .contains("100.0\u00A0% have a word");
  }

  @Test
  void captionsStandBesideWhatSeesNoImages() {
    String table =
        PairTables.captions(
            Map.of(
                "hiddenWordAccuracy", 0.52,
                "frequentWordAccuracy", 0.04,
                "hiddenWordPerplexity", 9.8,
                "wordCountPerplexity", 768.2,
                "matchAccuracy", 0.787),
            Map.of("matchAccuracy", 0.503));
    assertThat(table)
        .contains(row("perplexity of hidden words", "–", "9.8", "768.2"))
        .contains(row("hidden words guessed", "–", "52.0\u00A0%", "4.0\u00A0%"))
        .contains(row("told from another's caption", "50.3\u00A0%", "78.7\u00A0%", "50.0\u00A0%"));
  }

  private static String row(String what, String before, String after, String blind) {
    return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
        .formatted(Html.text(what), before, after, blind);
  }
}
