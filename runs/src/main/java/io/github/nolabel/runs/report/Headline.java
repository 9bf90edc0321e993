package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.TrainingFigures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The name of a run, what it learnt in a sentence, and its most telling numbers. */
final class Headline {

  private Headline() {}

  static String of(Story story) {
    return "<header>\n<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n<p class=\"sentence\">%s</p>\n<div class=\"tiles\">%s</div>\n</header>\n"
        .formatted(
            Html.text(kicker(story)),
            Html.text(story.name()),
            Html.text(Findings.sentence(story)),
            tiles(story).collect(Collectors.joining()));
  }

  private static String kicker(Story story) {
    return "%s · %s · %s"
        .formatted(
            story.method(),
            story.file().dataSource(),
            story.file().status().name().toLowerCase(Locale.ROOT));
  }

  private static Stream<String> tiles(Story story) {
    double seconds = story.file().record().seconds().getOrDefault("total", Double.NaN);
    String epochs = story.option("run", "epochs").orElse("–");
    return Stream.concat(
        story.result().flatMap(Headline::answered).stream(),
        Stream.of(
            tile(Units.number(figure(story, TrainingFigures::finalLoss)), "final loss"),
            tile(Units.count(story.file().steps()), "steps, " + Units.epochs(epochs)),
            tile(Units.duration(seconds), "on " + story.file().record().device()),
            tile(
                Units.number(figure(story, TrainingFigures::imagesPerSecond)), "images per second"),
            tile(
                Units.percent(figure(story, TrainingFigures::dataWaitShare)), "waiting for data")));
  }

  /** A figure of the training; NaN if there is none yet. */
  static double figure(Story story, ToDoubleFunction<TrainingFigures> figure) {
    return story.file().training().map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static Optional<String> answered(RunResult result) {
    return result.trained().entrySet().stream().findFirst().map(Headline::answer);
  }

  private static String answer(Map.Entry<String, Double> answer) {
    return tile(Units.percent(answer.getValue()), answer.getKey() + " by neighbours");
  }

  private static String tile(String number, String what) {
    return "<div class=\"tile\"><b>%s</b><span>%s</span></div>\n"
        .formatted(Html.text(number), Html.text(what));
  }
}
