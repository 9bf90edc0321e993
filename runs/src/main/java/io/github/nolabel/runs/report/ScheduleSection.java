package io.github.nolabel.runs.report;

import io.github.nolabel.runs.report.Story.Point;
import java.util.List;

/** The learning rate by step, and what it follows. */
final class ScheduleSection {

  private ScheduleSection() {}

  static String of(Story story) {
    List<Point> rates = story.series("learningRate");
    String chart =
        rates.isEmpty()
            ? Html.note("No step has reported its learning rate.")
            : LineChart.of("Learning rate by step", "learning rate", rates).html();
    return Html.section("schedules", "Schedules", chart + Html.paragraph(words(story)));
  }

  private static String words(Story story) {
    return "%s, %s schedule; peak %s (batch scaling: %s), warm-up %s; weight decay %s%s. Batches of %s images, %s batches per epoch."
        .formatted(
            option(story, "optimizer", "algorithm"),
            option(story, "schedule", "kind"),
            Units.number(story.number("optimizer", "learningRate")),
            option(story, "optimizer", "batchScaling"),
            warmup(story),
            Units.number(story.number("optimizer", "weightDecay")),
            decayEnd(story.number("optimizer", "weightDecayEnd")),
            option(story, "run", "batchSize"),
            Units.count(story.file().stepsPerEpoch()));
  }

  private static String warmup(Story story) {
    double epochs = story.number("schedule", "warmupEpochs");
    double steps = story.number("schedule", "warmupSteps");
    if (epochs > 0) {
      return Units.epochs(Units.number(epochs));
    }
    return steps > 0 ? "%.0f steps".formatted(steps) : "none";
  }

  private static String decayEnd(double end) {
    return end >= 0 ? ", at the end " + Units.number(end) : "";
  }

  private static String option(Story story, String group, String name) {
    return story.option(group, name).orElse("–");
  }
}
