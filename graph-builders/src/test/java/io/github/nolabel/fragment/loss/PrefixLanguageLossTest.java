package io.github.nolabel.fragment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Golden numbers by {@code prefix_language/make.py}, in float64. */
class PrefixLanguageLossTest {

  private static final int TEXTS = 3;
  private static final int LENGTH = 6;
  private static final int WORDS = 5;
  private static final int[] FULL = {6, 6, 6};
  private static final int[] LENGTHS = {6, 4, 2};
  private static final int[] PREFIXES = {1, 2, 0};
  private static final double STEP = 1e-6;
  private static final Nd LOGITS =
      logits(
          at ->
              Math.sin(3 * text(at) + 2 * place(at) + word(at) * (1 + text(at) * place(at) / 7.0)));
  private static final Nd IDS =
      Nd.integers(new int[] {TEXTS, LENGTH}, i -> (5 * (i / LENGTH) + 3 * (i % LENGTH)) % WORDS);
  private static final Graph GRAPH = graph();

  @ParameterizedTest
  @CsvFileSource(resources = "/prefix_language/expected.txt", delimiter = ' ')
  void equalsTheGoldenNumbers(
      String name, int a, int b, int c, int k, int l, int m, double loss, double accuracy) {
    Map<String, Nd> fed = fed(LOGITS, IDS, new int[] {a, b, c}, new int[] {k, l, m});
    Interpreter.Step step = Interpreter.run(GRAPH, fed);
    assertThat(step.output("loss").at(0)).as(name).isCloseTo(loss, within(1e-9));
    assertThat(step.output("accuracy").at(0)).as(name).isCloseTo(accuracy, within(1e-9));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    fed.forEach((input, value) -> tensors.put(input, value.toTensor()));
    Map<String, Tensor> outputs = OrtEvaluator.evaluate(GRAPH, tensors);
    assertThat(Nd.of(Interpreter.require(outputs, "loss")).at(0)).isCloseTo(loss, within(1e-5));
    assertThat(Nd.of(Interpreter.require(outputs, "accuracy")).at(0))
        .isCloseTo(accuracy, within(1e-5));
  }

  @Test
  void paddingAndPrefixDoNotCount() {
    double loss = loss(LOGITS, IDS, LENGTHS, PREFIXES);
    Nd elsewhere = logits(at -> counts(at) ? LOGITS.at(at) : 7 * Math.cos(at));
    assertThat(loss(elsewhere, IDS, LENGTHS, PREFIXES)).isCloseTo(loss, within(1e-12));
    Nd counted = logits(at -> counts(at) && word(at) == 0 ? 3 : LOGITS.at(at));
    assertThat(Math.abs(loss(counted, IDS, LENGTHS, PREFIXES) - loss)).isGreaterThan(0.01);
  }

  @Test
  void equalLogitsCostTheLogOfTheVocabulary() {
    assertThat(loss(logits(at -> 0.3), IDS, FULL, PREFIXES))
        .isCloseTo(Math.log(WORDS), within(1e-9));
  }

  @Test
  void gradientsAreSlopesAndReachWhatCountsAlone() {
    Map<String, Nd> fed = fed(LOGITS, IDS, LENGTHS, PREFIXES);
    Nd gradient = Interpreter.run(GRAPH, fed).output("gradient");
    Random random = new Random(4);
    double[] direction = random.doubles(LOGITS.size(), -1, 1).toArray();
    double slope =
        loss(logits(at -> LOGITS.at(at) + STEP * direction[at]), IDS, LENGTHS, PREFIXES)
            - loss(logits(at -> LOGITS.at(at) - STEP * direction[at]), IDS, LENGTHS, PREFIXES);
    double along = 0;
    for (int at = 0; at < direction.length; at++) {
      along += gradient.at(at) * direction[at];
      assertThat(gradient.at(at) != 0).as("element %d", at).isEqualTo(counts(at));
    }
    assertThat(along).isCloseTo(slope / (2 * STEP), within(1e-6));
  }

  private static boolean counts(int at) {
    int target = place(at) + 1;
    return target >= PREFIXES[text(at)] && target < LENGTHS[text(at)];
  }

  private static double loss(Nd logits, Nd ids, int[] lengths, int[] prefixes) {
    return Interpreter.run(GRAPH, fed(logits, ids, lengths, prefixes)).output("loss").at(0);
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value logits = builder.input("logits", Shape.batched(LENGTH, WORDS));
    Value ids = builder.input("ids", ElementType.INT64, Shape.batched(LENGTH));
    Value mask = builder.input("mask", ElementType.INT64, Shape.batched(LENGTH));
    Value prefix = builder.input("prefix", ElementType.INT64, Shape.batched());
    PrefixLanguageLoss loss = PrefixLanguageLoss.of(builder.ops("loss"), logits, ids, mask, prefix);
    Value gradient =
        Interpreter.require(
            new ReverseMode(StandardRules.table())
                .differentiate(builder, loss.loss(), List.of(logits)),
            logits);
    return builder.build(
        Map.of("loss", loss.loss(), "accuracy", loss.accuracy(), "gradient", gradient));
  }

  private static Map<String, Nd> fed(Nd logits, Nd ids, int[] lengths, int[] prefixes) {
    Nd mask = Nd.integers(new int[] {TEXTS, LENGTH}, i -> i % LENGTH < lengths[i / LENGTH] ? 1 : 0);
    Nd prefix = Nd.integers(new int[] {TEXTS}, i -> prefixes[i]);
    return Map.of("logits", logits, "ids", ids, "mask", mask, "prefix", prefix);
  }

  private static Nd logits(IntToDoubleFunction value) {
    return Nd.of(new int[] {TEXTS, LENGTH, WORDS}, value);
  }

  private static int text(int at) {
    return at / (LENGTH * WORDS);
  }

  private static int place(int at) {
    return at / WORDS % LENGTH;
  }

  private static int word(int at) {
    return at % WORDS;
  }
}
