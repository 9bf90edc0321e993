package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.NeighbourAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers counted: a matrix, or of many classes the most frequent mistakes. */
record ConfusionTable(List<NeighbourAnswer> answers, ClassNames names) {

  private static final int MATRIX = 12;
  private static final int MISTAKES = 15;

  /** What an image is and what its neighbours say. */
  private record Pair(int label, int answer) {}

  String html() {
    List<Integer> classes =
        answers.stream()
            .flatMap(answer -> Stream.of(answer.label(), answer.answer()))
            .distinct()
            .sorted()
            .toList();
    return classes.size() <= MATRIX ? matrix(classes, counts()) : mistakes(counts());
  }

  private Map<Integer, Map<Integer, Long>> counts() {
    return answers.stream()
        .collect(
            Collectors.groupingBy(
                NeighbourAnswer::label,
                TreeMap::new,
                Collectors.groupingBy(NeighbourAnswer::answer, Collectors.counting())));
  }

  private String matrix(List<Integer> classes, Map<Integer, Map<Integer, Long>> counts) {
    String head =
        IntStream.rangeClosed(1, classes.size())
            .mapToObj("<th>%d</th>"::formatted)
            .collect(Collectors.joining("", "<tr><th></th>", "<th>right</th></tr>"));
    String rows =
        IntStream.range(0, classes.size())
            .mapToObj(i -> row(i, classes, counts.getOrDefault(classes.get(i), Map.of())))
            .collect(Collectors.joining());
    return "<div class=\"wide\"><table class=\"matrix\"><thead>%s</thead>\n<tbody>%s</tbody></table></div>\n"
            .formatted(head, rows)
        + Html.note(
            "Rows are what images are, columns, by the numbers of the rows, what their neighbours"
                + " say; the darker, the larger the share of the row.");
  }

  private String row(int number, List<Integer> classes, Map<Integer, Long> counts) {
    long images = counts.values().stream().mapToLong(Long::longValue).sum();
    int own = classes.get(number);
    String cells =
        classes.stream()
            .map(answer -> cell(counts.getOrDefault(answer, 0L), images, answer == own))
            .collect(Collectors.joining());
    return "<tr><th>%d %s</th>%s<td>%s</td></tr>\n"
        .formatted(
            number + 1,
            Html.text(names.of(own)),
            cells,
            Units.percent((double) counts.getOrDefault(own, 0L) / images));
  }

  private static String cell(long count, long images, boolean right) {
    return "<td class=\"%s\" style=\"--share:%s\"><span>%s</span></td>"
        .formatted(
            right ? "hit" : "miss",
            String.format(Locale.ROOT, "%.3f", images == 0 ? 0 : (double) count / images),
            count == 0 ? "·" : Units.count(count));
  }

  private String mistakes(Map<Integer, Map<Integer, Long>> counts) {
    Map<Pair, Long> wrong =
        answers.stream()
            .filter(answer -> !answer.isRight())
            .map(answer -> new Pair(answer.label(), answer.answer()))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<List<String>> rows =
        wrong.entrySet().stream()
            .sorted(
                Map.Entry.<Pair, Long>comparingByValue()
                    .reversed()
                    .thenComparing(e -> e.getKey().label())
                    .thenComparing(e -> e.getKey().answer()))
            .limit(MISTAKES)
            .map(e -> mistake(e.getKey(), e.getValue(), counts))
            .toList();
    return rows.isEmpty()
        ? Html.note("No image is taken for anything else.")
        : Html.table(List.of("What it is", "is taken for", "images", "share of its images"), rows)
            + Html.note(
                "The most frequent mistakes, of %s kinds.".formatted(Units.count(wrong.size())));
  }

  private List<String> mistake(Pair pair, long count, Map<Integer, Map<Integer, Long>> counts) {
    long images =
        counts.getOrDefault(pair.label(), Map.of()).values().stream().mapToLong(n -> n).sum();
    return List.of(
        names.of(pair.label()),
        names.of(pair.answer()),
        Units.count(count),
        Units.percent((double) count / images));
  }
}
