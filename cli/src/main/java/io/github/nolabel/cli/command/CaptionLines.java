package io.github.nolabel.cli.command;

import io.github.nolabel.runs.engine.Captioning;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well captions are predicted, for a person, beside what knows no images. */
final class CaptionLines {

  private CaptionLines() {}

  /**
   * @param untrained empty if they are not known
   */
  static List<String> of(Map<String, Double> trained, Map<String, Double> untrained) {
    if (trained.isEmpty()) {
      return List.of();
    }
    return List.of(
        "",
        "Captions of held-out images              untrained   trained   word counts   chance",
        String.format(
            Locale.ROOT,
            "  %-36s %10.1f %9.1f %13.1f %8.0f",
            "perplexity per token",
            of(untrained, Captioning.PERPLEXITY),
            of(trained, Captioning.PERPLEXITY),
            of(trained, Captioning.UNIGRAMS),
            of(trained, Captioning.VOCABULARY)));
  }

  private static double of(Map<String, Double> figures, String name) {
    return figures.getOrDefault(name, Double.NaN);
  }
}
