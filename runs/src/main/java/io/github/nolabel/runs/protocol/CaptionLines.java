package io.github.nolabel.runs.protocol;

import io.github.nolabel.runs.engine.Captioning;
import io.github.nolabel.runs.engine.PairQuestions;
import io.github.nolabel.runs.file.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well captions are predicted and judged, for a person, beside what sees no images. */
public final class CaptionLines {

  private final Map<String, Double> trained;
  private final Map<String, Double> untrained;
  private final List<String> lines = new ArrayList<>();

  private CaptionLines(Map<String, Double> trained, Map<String, Double> untrained) {
    this.trained = trained;
    this.untrained = untrained;
  }

  /**
   * @param untrained empty if they are not known
   */
  public static List<String> of(Map<String, Double> trained, Map<String, Double> untrained) {
    CaptionLines figures = new CaptionLines(trained, untrained);
    figures.perplexity("perplexity per token", Captioning.PERPLEXITY, Captioning.UNIGRAMS);
    figures.perplexity(
        "perplexity of hidden words",
        PairQuestions.HIDDEN_PERPLEXITY,
        PairQuestions.COUNTS_PERPLEXITY);
    figures.share(
        "hidden words guessed",
        PairQuestions.HIDDEN_ACCURACY,
        trained.getOrDefault(PairQuestions.FREQUENT_ACCURACY, Double.NaN));
    figures.share("told from another's caption", PairQuestions.MATCH_ACCURACY, 0.5);
    return figures.lines;
  }

  private void perplexity(String what, String figure, String counted) {
    row(what, figure, "", 1, trained.getOrDefault(counted, Double.NaN));
  }

  private void share(String what, String figure, double blind) {
    row(what, figure, " %", 100, blind);
  }

  private void row(String what, String figure, String sign, double unit, double blind) {
    Double learnt = trained.get(figure);
    if (learnt == null) {
      return;
    }
    if (lines.isEmpty()) {
      lines.add("");
      lines.add("Captions of held-out images              untrained   trained   without images");
    }
    double before = untrained.getOrDefault(figure, Double.NaN);
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-36s %s %s %s",
            what,
            figure(10, unit * before, sign),
            figure(9, unit * learnt, sign),
            figure(16, unit * blind, sign)));
  }

  private static String figure(int width, double value, String sign) {
    return Figure.of("%" + (width - sign.length()) + ".1f", value) + sign;
  }
}
