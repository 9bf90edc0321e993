package io.github.nolabel.runs.engine;

import io.github.nolabel.data.HeldOut;
import io.github.nolabel.evaluation.NeighbourQuestion;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says that a network tells less of held-out images than before its first step. That is no
 * collapse: short runs of healthy methods do so, too.
 */
final class BelowUntrained {

  /** Standard errors of the difference of two shares that are not chance any more. */
  private static final double ERRORS = 2;

  private BelowUntrained() {}

  /** A sentence about the headline if the difference is more than chance. */
  static Optional<String> note(
      HeldOut asked, Map<String, Double> untrained, Map<String, Double> trained) {
    int queries = asked.rounds().stream().mapToInt(round -> round.queries().size()).sum();
    return asked.questions().stream()
        .limit(1)
        .map(NeighbourQuestion::name)
        .flatMap(name -> note(name, of(untrained, name), of(trained, name), queries).stream())
        .findFirst();
  }

  private static double of(Map<String, Double> accuracies, String question) {
    return accuracies.getOrDefault(question, Double.NaN);
  }

  private static Optional<String> note(String name, double before, double after, int queries) {
    return isBelow(after, before, queries)
        ? Optional.of(sentence(name, before, after, queries))
        : Optional.empty();
  }

  private static boolean isBelow(double after, double before, int queries) {
    double variance = (after * (1 - after) + before * (1 - before)) / queries;
    return before - after > ERRORS * Math.sqrt(variance);
  }

  private static String sentence(String name, double before, double after, int queries) {
    return String.format(
        Locale.ROOT,
        "Training has made the features worse for this question: %s %.1f %%, %.1f %% before the first step (%d queries; more than twice the standard error). More epochs, a lower learning rate or a longer warm-up (schedule.warmupSteps) usually help; metrics.jsonl has it by epoch.",
        name,
        100 * after,
        100 * before,
        queries);
  }
}
