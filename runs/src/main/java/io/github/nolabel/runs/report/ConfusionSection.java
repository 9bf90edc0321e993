package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.NeighbourAnswer;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is taken for what by its neighbours: a matrix, or of many classes the usual mistakes. */
final class ConfusionSection {

  private ConfusionSection() {}

  static String of(Exhibition shown) {
    List<NeighbourQuestion> asked = asked(shown);
    return Html.section(
        "confusion",
        "What is taken for what",
        asked.isEmpty()
            ? Html.note("Nothing is labelled, so nothing can be taken for anything else.")
            : asked.stream()
                .map(question -> answered(shown, question))
                .collect(Collectors.joining()));
  }

  private static String answered(Exhibition shown, NeighbourQuestion question) {
    List<NeighbourAnswer> answers =
        NeighbourEvaluation.STANDARD.answers(shown.features(), question, shown.rounds());
    return Html.note(explained(question, answers) + part(shown))
        + new ConfusionTable(answers, ClassNames.of(shown, question)).html();
  }

  /**
   * Questions of which each asks about other classes, and about each more than once on average; the
   * headline if there is none.
   */
  private static List<NeighbourQuestion> asked(Exhibition shown) {
    long asking = shown.rounds().stream().mapToLong(round -> round.queries().size()).sum();
    Map<List<Integer>, NeighbourQuestion> byClasses = new LinkedHashMap<>();
    shown.questions().stream()
        .filter(question -> asking >= 2 * question.labels().stream().distinct().count())
        .forEach(question -> byClasses.putIfAbsent(question.labels(), question));
    return byClasses.isEmpty()
        ? shown.questions().stream().limit(1).toList()
        : List.copyOf(byClasses.values());
  }

  private static String explained(NeighbourQuestion question, List<NeighbourAnswer> answers) {
    long right = answers.stream().filter(NeighbourAnswer::isRight).count();
    return "'%s': %s of %s images are what their %s (%s)."
        .formatted(
            question.name(),
            Units.count(right),
            Units.count(answers.size()),
            question.neighbours() == 1
                ? "nearest neighbour is"
                : "%d nearest neighbours say".formatted(question.neighbours()),
            Units.percent((double) right / answers.size()));
  }

  private static String part(Exhibition shown) {
    int shownOnes = shown.indices().size();
    int all = shown.run().images().size();
    return shownOnes == all
        ? ""
        : " Only %s of the %s images ask and answer here, so this differs from the figure above."
            .formatted(Units.count(shownOnes), Units.count(all));
  }
}
