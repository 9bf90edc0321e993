package io.github.nolabel.runs.report;

import io.github.nolabel.runs.report.LineChart.Level;
import io.github.nolabel.runs.report.LineChart.Line;
import io.github.nolabel.runs.report.Story.Point;
import java.util.List;

/** The loss over the steps, and what it means. */
final class LossSection {

  static final String LOSS = "loss";

  private LossSection() {}

  static String of(Story story) {
    List<Point> losses = story.series(LOSS);
    LossMeaning meaning = LossMeaning.of(story);
    String chart =
        losses.isEmpty()
            ? Html.note(
                "There is no curve: metrics.jsonl has no step, because nothing was trained yet or the file is gone.")
            : chart(losses, meaning).html() + Html.paragraph(course(losses, meaning));
    return Html.section("loss", "Loss", chart + Html.note(meaning.words()));
  }

  private static LineChart chart(List<Point> losses, LossMeaning meaning) {
    return new LineChart(
        "Loss by step",
        List.of(
            new Line("every step", 0, true, losses),
            new Line("mean of a fortieth of the run", 0, false, Smooth.course(losses))),
        meaning.level().isPresent()
            ? List.of(
                new Level(
                    "tells nothing apart: %s = %s"
                        .formatted(meaning.formula(), Units.number(meaning.level().getAsDouble())),
                    meaning.level().getAsDouble()))
            : List.of());
  }

  private static String course(List<Point> losses, LossMeaning meaning) {
    Point first = losses.get(0);
    Point last = losses.get(losses.size() - 1);
    String sentence =
        "It began at %s in step %.0f and ended at %s in step %.0f."
            .formatted(
                Units.number(first.value()), first.step(), Units.number(last.value()), last.step());
    return meaning.level().isEmpty()
        ? sentence
        : sentence
            + " The dashed line is %s = %s; fresh networks do not place images quite evenly, so a run may begin above or below it."
                .formatted(meaning.formula(), Units.number(meaning.level().getAsDouble()));
  }
}
