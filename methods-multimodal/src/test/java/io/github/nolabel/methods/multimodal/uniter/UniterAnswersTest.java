package io.github.nolabel.methods.multimodal.uniter;

import static io.github.nolabel.methods.multimodal.uniter.WholeStep.N;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.testing.Nd;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The class of an image as the answer to a question about it; the right ones are 0, 1 and 2. */
class UniterAnswersTest {

  private static final int ANSWERS = 4;
  private static final String OUTPUT = "uniter/heads/answer/output/";

  private final WholeStep step = WholeStep.of(Map.of("numAnswer", "" + ANSWERS));

  @Test
  void gradientsAreTheSlopesOfTheLoss() {
    step.gradientsAreSlopes();
  }

  @Test
  void everyParameterIsReachedFromRegionsAndFromImages() {
    step.everyParameterIsReached();
    WholeStep.of(Map.of("numAnswer", "" + ANSWERS, "features", "image")).everyParameterIsReached();
  }

  /** {@code mean( -log p[answer] )}, of the probabilities that the exported network gives. */
  @Test
  void theLossIsTheCrossEntropyOfTheExportedProbabilities() {
    Nd probabilities = step.cut(UniterNetwork.ANSWERS);
    assertThat(probabilities.shape()).containsExactly(N, ANSWERS);
    double expected =
        IntStream.range(0, N)
            .mapToDouble(row -> -Math.log(probabilities.at(ANSWERS * row + row)) / N)
            .sum();
    assertThat(step.output("loss")).isCloseTo(expected, within(1e-9));
    long right =
        IntStream.range(0, N)
            .filter(
                row ->
                    IntStream.range(0, ANSWERS)
                        .allMatch(
                            k ->
                                probabilities.at(ANSWERS * row + k)
                                    <= probabilities.at(ANSWERS * row + row)))
            .count();
    assertThat(step.output("answer_accuracy")).isCloseTo((double) right / N, within(1e-12));
  }

  /** {@code log sum_k e^(b_k) - mean b[answer]} when the logits are a bias alone. */
  @Test
  void withoutWeightsTheLossIsThatOfTheBias() {
    WholeStep biased = step.filled(OUTPUT + "weight", 0);
    assertThat(biased.filled(OUTPUT + "bias", 0).output("loss"))
        .isCloseTo(Math.log(ANSWERS), within(1e-12));
    Nd counted = Nd.of(new int[] {ANSWERS}, i -> i);
    double all = Math.log(1 + Math.E + Math.exp(2) + Math.exp(3));
    assertThat(biased.with(OUTPUT + "bias", counted).output("loss"))
        .isCloseTo(all - (0 + 1 + 2) / 3.0, within(1e-12));
  }

  @Test
  void questionAndImageBothMatter() {
    Nd regions = step.value("regions");
    Nd words = step.value("caption");
    double before = step.output("loss");
    double ofOtherImages =
        step.with("regions", regions.map(value -> -value)).output("loss") - before;
    double ofOtherWords =
        step.with(
                    "caption",
                    Nd.integers(words.shape(), i -> words.at(i) >= 5 ? 11 : (long) words.at(i)))
                .output("loss")
            - before;
    assertThat(Math.abs(ofOtherImages)).isGreaterThan(1e-6);
    assertThat(Math.abs(ofOtherWords)).isGreaterThan(1e-6);
  }

  /** What the three tasks alone need is not there to be trained, nor are their numbers reported. */
  @Test
  void nothingElseIsTrained() {
    assertThat(step.graph().parameters())
        .extracting(parameter -> parameter.name())
        .anyMatch(name -> name.startsWith("uniter/heads/answer/"))
        .noneMatch(name -> name.matches("uniter/heads/(word|region|match|hidden).*"));
    assertThat(step.run().outputs()).containsKey("answer_accuracy").doesNotContainKey("task");
    assertThat(step.objective().evaluated())
        .extracting(cut -> cut.name())
        .isEqualTo(List.of(BackboneExporter.FUSION, UniterNetwork.ANSWERS));
  }

  /** So that what was pre-trained fits. */
  @Test
  void whatIsSharedHasTheSameNamesAndShapes() {
    WholeStep before = WholeStep.of(Map.of());
    step.graph().parameters().stream()
        .filter(parameter -> !parameter.name().startsWith("uniter/heads/answer/"))
        .forEach(
            parameter ->
                assertThat(before.value(parameter.name()).shape())
                    .as(parameter.name())
                    .containsExactly(step.value(parameter.name()).shape()));
  }
}
