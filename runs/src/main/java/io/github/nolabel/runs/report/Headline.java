package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.TrainingFigures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    Optional<TrainingFigures> training = story.file().training();
    return Stream.of(
            story.result().flatMap(Headline::answered),
            Optional.of(
                tile(training.map(t -> Units.number(t.finalLoss())).orElse("–"), "final loss")),
            Optional.of(
                tile(
                    Units.count(story.file().steps()),
                    "steps, %s epochs".formatted(story.option("run", "epochs").orElse("–")))),
            Optional.of(
                tile(
                    Units.duration(
                        story.file().record().seconds().getOrDefault("total", Double.NaN)),
                    "on %s".formatted(story.file().record().device()))),
            Optional.of(
                tile(
                    training.map(t -> Units.number(t.imagesPerSecond())).orElse("–"),
                    "images per second")),
            Optional.of(
                tile(
                    training.map(t -> Units.percent(t.dataWaitShare())).orElse("–"),
                    "waiting for data")))
        .flatMap(Optional::stream);
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
