package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.runs.engine.Retrieving;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.engine.Towers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images and captions find each other. */
final class RetrievalProtocol implements Protocol<NoOptions> {

  @Override
  public String name() {
    return "retrieval";
  }

  @Override
  public String summary() {
    return "held-out images and their captions find each other, both ways";
  }

  @Override
  public NoOptions defaults() {
    return NoOptions.DEFAULTS;
  }

  @Override
  public void check(Networks networks, NoOptions options) {
    networks.requireTowers();
  }

  @Override
  public Report ask(Examination examination, NoOptions options) {
    Dataset data = examination.readable();
    Retrieving retrieving =
        Retrieving.of(data)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "No held-out image of '%s' has a caption, so there is nothing to find."
                            .formatted(data.source())));
    Map<String, Map<String, Double>> figures = figures(retrieving, examination.towers());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("images", retrieving.gallery().images().size());
    facts.put("texts", retrieving.gallery().texts().size());
    List<String> lines =
        RetrievalLines.of(
            figures.getOrDefault(Subject.TRAINED, Map.of()),
            figures.getOrDefault(Subject.UNTRAINED, Map.of()));
    return Report.of(examination.networks().frozen().get(0), facts, figures, lines);
  }

  private static Map<String, Map<String, Double>> figures(
      Retrieving retrieving, Map<String, Towers> towers) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    try {
      towers.forEach((network, both) -> figures.put(network, retrieving.figures(both)));
    } finally {
      towers.values().forEach(Towers::close);
    }
    return figures;
  }
}
