package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.PairQuestions;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.Status;
import java.util.Locale;
import java.util.Map;

/** What a run has learnt, in a sentence. */
final class Findings {

  private Findings() {}

  static String sentence(Story story) {
    String who =
        "%s on %s"
            .formatted(story.method(), story.option("run", "backbone").orElse("its backbone"));
    return story
        .result()
        .map(result -> who + " " + learnt(story, result))
        .orElseGet(() -> who + " " + onItsWay(story));
  }

  private static String learnt(Story story, RunResult result) {
    if (!result.trained().isEmpty()) {
      return answered(story, result);
    }
    return result.retrieval().isEmpty()
        ? "was trained for %s; nothing was asked of it. %s"
            .formatted(length(story), result.unasked())
        : "was trained for %s, and now %s.".formatted(length(story), retrieved(result));
  }

  private static String answered(Story story, RunResult result) {
    String question = result.trained().keySet().iterator().next();
    double after = of(result.trained(), question);
    return "was trained for %s, and now the neighbours of %s of held-out images give the right answer to '%s': %s, %s%s%s."
        .formatted(
            length(story),
            Units.percent(after),
            question,
            beside(after, of(result.anchors().untrained(), question), "before the first step"),
            beside(after, of(result.anchors().rawPixels(), question), "with raw pixels"),
            result.retrieval().isEmpty() ? "" : "; " + retrieved(result),
            judged(result));
  }

  private static String beside(double after, double other, String what) {
    if (!Double.isFinite(other) || !Double.isFinite(after)) {
      return "%s was not measured".formatted(what);
    }
    double points = 100 * (after - other);
    return String.format(
        Locale.ROOT,
        "%.1f points %s than the %.1f %% %s",
        Math.abs(points),
        points >= 0 ? "more" : "fewer",
        100 * other,
        what);
  }

  private static String retrieved(RunResult result) {
    return "finds the right caption of an image first in %s of cases (%s before the first step)"
        .formatted(
            Units.percent(of(result.retrieval(), "imageToText.recallAt1")),
            Units.percent(of(result.anchors().retrieval(), "imageToText.recallAt1")));
  }

  /** Of methods that read an image and a caption together. */
  private static String judged(RunResult result) {
    String guessed =
        result.captions().containsKey(PairQuestions.HIDDEN_ACCURACY)
            ? "; guesses %s of the hidden words of captions (%s before the first step)"
                .formatted(
                    Units.percent(of(result.captions(), PairQuestions.HIDDEN_ACCURACY)),
                    Units.percent(of(result.anchors().captions(), PairQuestions.HIDDEN_ACCURACY)))
            : "";
    return result.captions().containsKey(PairQuestions.MATCH_ACCURACY)
        ? guessed
            + "; tells the right caption from another's in %s of cases (50 %% by chance)"
                .formatted(Units.percent(of(result.captions(), PairQuestions.MATCH_ACCURACY)))
        : guessed;
  }

  private static String onItsWay(Story story) {
    long done = story.points().isEmpty() ? 0 : last(story);
    return "%s after %s of %s steps%s; what it has learnt is asked at its end."
        .formatted(
            ended(story.file().status()),
            Units.count(done),
            Units.count(story.file().steps()),
            losses(story));
  }

  private static long last(Story story) {
    return story.points().get(story.points().size() - 1).step();
  }

  private static String ended(Status status) {
    return switch (status) {
      case RUNNING -> "is running, or was cut off,";
      case INTERRUPTED -> "was stopped";
      case DIVERGED -> "left the finite numbers";
      case COLLAPSED -> "was stopped because it had collapsed,";
      case FAILED -> "ended with an error";
      case COMPLETE -> "is complete, but its result.json is gone,";
    };
  }

  private static String losses(Story story) {
    var losses = story.series(LossSection.LOSS);
    return losses.isEmpty()
        ? ""
        : ", its loss gone from %s to %s"
            .formatted(
                Units.number(losses.get(0).value()),
                Units.number(losses.get(losses.size() - 1).value()));
  }

  private static String length(Story story) {
    return "%s steps (%s, %s)"
        .formatted(
            Units.count(story.file().steps()),
            Units.epochs(story.option("run", "epochs").orElse("–")),
            Units.duration(story.file().record().seconds().getOrDefault("total", Double.NaN)));
  }

  private static double of(Map<String, Double> figures, String name) {
    return figures.getOrDefault(name, Double.NaN);
  }
}
