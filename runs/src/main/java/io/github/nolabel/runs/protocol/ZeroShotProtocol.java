package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.ZeroShot;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.file.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Classes are told apart by their names. */
final class ZeroShotProtocol implements Protocol<ZeroShotProtocol.Options> {

  private static final int WORST = 5;

  /** See {@link ZeroShot}. */
  public record Options(
      @Option(value = "How many guesses count besides the best", min = 1, max = 1e6) int guesses,
      @Option(
              "File of sentences with {} for the class's name, one a line; some that suit most if empty")
          String templates) {

    public Options {
      RecordOptions.check(Options.class, guesses, templates);
    }
  }

  @Override
  public String name() {
    return "zero-shot";
  }

  @Override
  public String summary() {
    return "held-out images are told apart by nothing but the classes' names";
  }

  @Override
  public Options defaults() {
    return new Options(5, "");
  }

  @Override
  public void check(Networks networks, Options options) {
    networks.requireTowers();
  }

  @Override
  public Report ask(Examination examination, Options options) {
    List<String> templates =
        options.templates().isEmpty() ? ZeroShot.TEMPLATES : lines(Path.of(options.templates()));
    ImageDataset images = classified(examination.data());
    ZeroShot zeroShot = new ZeroShot(images.labelNames(), templates);
    Map<String, ZeroShot.Result> results =
        results(zeroShot, images, options.guesses(), examination.towers());
    return report(examination, zeroShot, images.size(), options.guesses(), results);
  }

  private static ImageDataset classified(Dataset data) {
    return data.labelled()
        .orElseThrow(
            () ->
                new UserMistake(
                    data.unasked().orElseThrow() + " There are no classes to tell apart by name."))
        .test();
  }

  private static List<String> lines(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "There is no file %s; name one with a template a line.".formatted(file));
    }
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<String, ZeroShot.Result> results(
      ZeroShot zeroShot, ImageDataset images, int topK, Map<String, Towers> towers) {
    List<Integer> labels =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
    Map<String, ZeroShot.Result> results = new LinkedHashMap<>();
    try {
      towers.forEach(
          (network, both) ->
              results.put(
                  network,
                  zeroShot.of(both.images(images), both.texts(zeroShot.prompts()), labels, topK)));
    } finally {
      towers.values().forEach(Towers::close);
    }
    return results;
  }

  private static Report report(
      Examination examination,
      ZeroShot zeroShot,
      int images,
      int topK,
      Map<String, ZeroShot.Result> results) {
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
    return Report.of(examination.networks().frozen().get(0), facts, figures, lines);
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
        "  zero-shot                %s %%  (top %d %s %%, chance %s %%, %s)",
        Figure.percent("%6.2f", result.top1()),
        topK,
        Figure.percent("%.2f", result.topK()),
        Figure.percent("%.2f", result.chance()),
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
