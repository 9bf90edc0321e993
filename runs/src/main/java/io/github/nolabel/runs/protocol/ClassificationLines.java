package io.github.nolabel.runs.protocol;

import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.Classification.PerClass;
import io.github.nolabel.runs.engine.Classifying.Outcome;
import io.github.nolabel.runs.file.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What trained classifiers guess, for people. */
final class ClassificationLines {

  /** More classes than this fill the screen; they are in the file. */
  private static final int SHOWN_CLASSES = 20;

  private ClassificationLines() {}

  static List<String> of(String protocol, List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      String network = outcomes.size() == 1 ? "" : ", " + outcome.subject().name();
      lines.add(headline(protocol, outcome.test(), network));
    }
    Classification test = outcomes.get(0).test();
    if (test.classes().size() <= SHOWN_CLASSES) {
      lines.addAll(table(test));
    }
    return lines;
  }

  private static String headline(String protocol, Classification test, String network) {
    return String.format(
        Locale.ROOT,
        "  %-24s %s %%  (top-%d %s %%, %d of %d images%s)",
        protocol,
        Figure.percent("%6.2f", test.accuracy()),
        test.topK(),
        Figure.percent("%.2f", test.topKAccuracy()),
        test.correct(),
        test.images(),
        network);
  }

  /** Per class: images, recall, precision, and what it was taken for. */
  private static List<String> table(Classification test) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("class", "images", "recall", "precision"));
    head.addAll(test.classes().stream().map(name -> "as " + name).toList());
    rows.add(head);
    for (int i = 0; i < test.classes().size(); i++) {
      PerClass one = test.perClass().get(i);
      List<String> row = new ArrayList<>();
      row.add(one.name());
      row.add(Long.toString(one.images()));
      row.add(share(one.recall()));
      row.add(share(one.precision()));
      test.confusion().get(i).forEach(count -> row.add(Long.toString(count)));
      rows.add(row);
    }
    return Columns.aligned(rows);
  }

  /** A share of nothing, such as the precision of a class that was never guessed, is a dash. */
  private static String share(double share) {
    return Double.isNaN(share) ? "-" : Figure.of("%.3f", share);
  }
}
