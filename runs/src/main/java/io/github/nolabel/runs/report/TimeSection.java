package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.TrainingFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Where the time went, and whether the loader kept up. */
final class TimeSection {

  /** A larger share of waiting says that the loader is the bottleneck. */
  private static final double BOTTLENECK = 0.1;

  private static final String WAIT = "dataWaitShare";

  private TimeSection() {}

  static String of(Story story) {
    return Html.section("time", "Time", stages(story) + waiting(story) + speed(story));
  }

  private static String stages(Story story) {
    Map<String, Double> seconds = new LinkedHashMap<>(story.file().record().seconds());
    Double total = seconds.remove("total");
    seconds.values().removeIf(value -> !(value > 0));
    if (total == null || seconds.isEmpty()) {
      return Html.note("How long the stages took is written when the run ends.");
    }
    return Html.paragraph("%s in all, by stage:".formatted(Units.duration(total)))
        + bar(seconds, total)
        + Html.table(
            List.of("Stage", "Time", "Share"),
            seconds.entrySet().stream()
                .map(stage -> row(stage.getKey(), stage.getValue(), total))
                .toList());
  }

  private static List<String> row(String stage, double seconds, double total) {
    return List.of(stage, Units.duration(seconds), Units.percent(seconds / total));
  }

  private static String bar(Map<String, Double> seconds, double total) {
    StringBuilder bar = new StringBuilder("<div class=\"bar\">");
    int colour = 0;
    for (Map.Entry<String, Double> stage : seconds.entrySet()) {
      bar.append(part(stage.getKey(), stage.getValue(), total, colour++));
    }
    return bar.append("</div>\n").toString();
  }

  private static String part(String name, double seconds, double total, int colour) {
    return "<span class=\"b%d\" style=\"flex-grow:%s\" title=\"%s\"></span>"
        .formatted(
            colour % 8,
            String.format(Locale.ROOT, "%.4f", seconds / total),
            Html.text(name + ": " + Units.duration(seconds)));
  }

  private static String waiting(Story story) {
    OptionalDouble share = share(story);
    if (share.isEmpty()) {
      return Html.note("No step has reported how long it waited for data.");
    }
    boolean late = share.getAsDouble() > BOTTLENECK;
    String workers = story.file().record().host().getOrDefault("workers", "–");
    return "<p class=\"%s\">%s</p>\n"
        .formatted(
            late ? "alarm" : "fine",
            Html.text(
                "%s of the training time was spent waiting for data. "
                        .formatted(Units.percent(share.getAsDouble()))
                    + (late ? advice(workers) : "Up to 10 % the loader keeps up.")));
  }

  private static String advice(String workers) {
    return "Above 10 %% the loader is the bottleneck: the network could learn faster than images are read. Give it more threads (--workers; this run had %s), decode large JPEG files no finer than needed (--decode scaled), store the images at about the size of the views, or on a faster disk, or leave costly changes such as blur out."
        .formatted(workers);
  }

  private static OptionalDouble share(Story story) {
    return story
        .file()
        .training()
        .map(TrainingFigures::dataWaitShare)
        .filter(Double::isFinite)
        .map(OptionalDouble::of)
        .orElseGet(() -> story.last(WAIT));
  }

  private static String speed(Story story) {
    var speeds = story.series("imagesPerSecond");
    return speeds.isEmpty()
        ? ""
        : LineChart.of("Images per second by step", "images/s", Smooth.course(speeds)).html();
  }
}
