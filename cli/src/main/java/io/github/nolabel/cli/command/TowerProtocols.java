package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.ZeroShot;
import io.github.nolabel.runs.engine.Retrieving;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.engine.Towers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The protocols that ask images and texts.
 *
 * @param towers by network, the trained one first
 * @param trained for the report
 */
record TowerProtocols(Map<String, Towers> towers, Subject trained, Dataset data) {

  private static final int WORST = 5;

  ProtocolReport retrieval() {
    Retrieving retrieving =
        Retrieving.of(data)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "No held-out image of '%s' has a caption, so there is nothing to find."
                            .formatted(data.source())));
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    towers.forEach((network, both) -> figures.put(network, retrieving.figures(both)));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("images", retrieving.gallery().images().size());
    facts.put("texts", retrieving.gallery().texts().size());
    List<String> lines =
        RetrievalLines.of(
            figures.getOrDefault(Subject.TRAINED, Map.of()),
            figures.getOrDefault(Subject.UNTRAINED, Map.of()));
    return new TowerReport(Protocols.RETRIEVAL, trained, figures, facts, lines);
  }

  /**
   * @param topK how many guesses count besides the best
   */
  ProtocolReport zeroShot(List<String> templates, int topK) {
    ImageDataset images =
        data.labelled()
            .orElseThrow(
                () ->
                    new UserMistake(
                        "Nothing in '%s' is labelled, so there are no classes to tell apart by name."
                            .formatted(data.source())))
            .test();
    ZeroShot zeroShot = new ZeroShot(images.labelNames(), templates);
    List<Integer> labels =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
    Map<String, ZeroShot.Result> results = new LinkedHashMap<>();
    towers.forEach(
        (network, both) ->
            results.put(
                network,
                zeroShot.of(both.images(images), both.texts(zeroShot.prompts()), labels, topK)));
    return report(zeroShot, images.size(), topK, results);
  }

  private ProtocolReport report(
      ZeroShot zeroShot, int images, int topK, Map<String, ZeroShot.Result> results) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    results.forEach(
        (network, result) -> {
          figures.put(network, figures(zeroShot, topK, result));
          lines.add(line(network, topK, result));
        });
    ZeroShot.Result first = results.values().iterator().next();
    lines.add("  worst classes: " + worst(zeroShot, first));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("images", images);
    facts.put("classes", zeroShot.classes().size());
    facts.put("templates", zeroShot.templates());
    return new TowerReport(Protocols.ZERO_SHOT, trained, figures, facts, lines);
  }

  private static Map<String, Double> figures(ZeroShot zeroShot, int topK, ZeroShot.Result result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("top1", result.top1());
    figures.put("top" + topK, result.topK());
    figures.put("chance", result.chance());
    for (int i = 0; i < zeroShot.classes().size(); i++) {
      figures.put("class." + zeroShot.classes().get(i), result.perClass().get(i));
    }
    return figures;
  }

  private static String line(String network, int topK, ZeroShot.Result result) {
    return String.format(
        Locale.ROOT,
        "  zero-shot                %6.2f %%  (top %d %.2f %%, chance %.2f %%, %s)",
        100 * result.top1(),
        topK,
        100 * result.topK(),
        100 * result.chance(),
        network);
  }

  private static String worst(ZeroShot zeroShot, ZeroShot.Result result) {
    return IntStream.range(0, zeroShot.classes().size())
        .filter(i -> !Double.isNaN(result.perClass().get(i)))
        .boxed()
        .sorted((a, b) -> Double.compare(result.perClass().get(a), result.perClass().get(b)))
        .limit(WORST)
        .map(
            i ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    zeroShot.classes().get(i),
                    100 * result.perClass().get(i)))
        .reduce((a, b) -> a + ", " + b)
        .orElse("none");
  }
}
