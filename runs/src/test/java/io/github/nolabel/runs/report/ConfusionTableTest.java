package io.github.nolabel.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.evaluation.NeighbourAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionTableTest {

  private static final ClassNames LETTERS =
      new ClassNames(
          IntStream.range(0, 26)
              .boxed()
              .collect(Collectors.toMap(Function.identity(), i -> "<" + (char) ('a' + i) + ">")));

  private static NeighbourAnswer said(int label, int answer) {
    return new NeighbourAnswer(0, label, answer);
  }

  @Test
  void fewClassesAreAMatrix() {
    String html =
        new ConfusionTable(List.of(said(0, 0), said(0, 0), said(0, 2), said(2, 2)), LETTERS).html();
    assertThat(html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("1 2 right", "1 &lt;a&gt; 2 1 66.7\u00A0%", "2 &lt;c&gt; · 1 100.0\u00A0%");
    assertThat(html).contains("--share:0.667").doesNotContain("<c>");
  }

  /** A class that is only ever an answer has a row without images. */
  @Test
  void aClassThatNobodyAsksAboutHasNoShare() {
    String html = new ConfusionTable(List.of(said(0, 1)), LETTERS).html();
    assertThat(html).contains("<td>–</td>").doesNotContain("NaN");
  }

  @Test
  void ofManyClassesTheMostFrequentMistakesAreListed() {
    List<NeighbourAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      answers.add(said(i, i));
    }
    answers.addAll(List.of(said(3, 4), said(5, 6), said(5, 6), said(5, 5)));
    String html = new ConfusionTable(answers, LETTERS).html();
    assertThat(html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("&lt;f&gt; &lt;g&gt; 2 50.0\u00A0% &lt;d&gt; &lt;e&gt; 1 50.0\u00A0%");
    assertThat(html).doesNotContain("&lt;a&gt;");
  }

  @Test
  void withoutMistakesThatIsSaid() {
    List<NeighbourAnswer> right = IntStream.range(0, 20).mapToObj(i -> said(i, i)).toList();
    assertThat(new ConfusionTable(right, new ClassNames(Map.of())).html())
        .contains("No image is taken for anything else.");
  }
}
