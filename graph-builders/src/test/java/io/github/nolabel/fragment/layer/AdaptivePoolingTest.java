package io.github.nolabel.fragment.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdaptivePoolingTest {

  private static final int TOKENS = 4;
  private static final int WIDTH = 3;

  /** By vse_golden.py: all four tokens of a sequence, or its first two. */
  private static final double[] ALL = {0.16196494, 0.09737618, -0.08659756};

  private static final double[] FIRST_TWO = {0.64850801, 0.15766507, 0.07053282};

  /** Two equal sequences; what lies behind the second's tokens is padding. */
  private static Map<String, Nd> fed(double padding) {
    Map<String, Nd> fed = new LinkedHashMap<>();
    fed.put("x", Nd.of(new int[] {2, TOKENS, WIDTH}, i -> i >= 18 ? padding : entry(i % 12)));
    fed.put("mask", Nd.integers(new int[] {2, TOKENS}, i -> i < 6 ? 1 : 0));
    fed.put("pool/rank", Nd.of(new int[] {TOKENS}, 0.5, -0.25, 1, 0));
    fed.put("pool/score/weight", Nd.of(new int[] {1, WIDTH}, 1, -0.5, 0.25));
    fed.put("pool/gate", Nd.scalar(0.4));
    return fed;
  }

  private static double entry(int i) {
    int t = i / WIDTH;
    int d = i % WIDTH;
    return Math.sin(2 * t + 0.7 * t * d + d);
  }

  private static Graph graph(boolean masked) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value x = builder.input("x", Shape.batched(TOKENS, WIDTH));
    Scope scope = builder.scope("pool");
    AdaptivePooling pooling = new AdaptivePooling(TOKENS, WIDTH);
    Value mask = builder.input("mask", ElementType.INT64, Shape.batched(TOKENS));
    Value y = masked ? pooling.attachMasked(scope).apply(x, mask) : pooling.attach(scope).apply(x);
    return builder.build(Map.of("y", y));
  }

  private static double[] pooled(boolean masked, double padding) {
    Map<String, Nd> fed = fed(padding);
    double[] reference = Interpreter.run(graph(masked), fed).output("y").toArray();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    fed.forEach((name, value) -> tensors.put(name, value.toTensor()));
    Nd byRuntime = Nd.of(Interpreter.require(OrtEvaluator.evaluate(graph(masked), tensors), "y"));
    assertThat(byRuntime.toArray()).usingComparatorWithPrecision(1e-5).containsExactly(reference);
    return reference;
  }

  private static void isGolden(double[] y, int sequence, double... expected) {
    double[] own = {y[WIDTH * sequence], y[WIDTH * sequence + 1], y[WIDTH * sequence + 2]};
    assertThat(own).usingComparatorWithPrecision(1e-7).containsExactly(expected);
  }

  @Test
  void withoutAMaskAllTokensCount() {
    isGolden(pooled(false, 5), 0, ALL);
  }

  @Test
  void paddingHasNoInfluence() {
    for (double padding : new double[] {0, 7, -7}) {
      double[] y = pooled(true, padding);
      isGolden(y, 0, ALL);
      isGolden(y, 1, FIRST_TWO);
    }
  }
}
