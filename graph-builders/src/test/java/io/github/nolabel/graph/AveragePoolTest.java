package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AveragePoolTest {

  private static final Nd X = Nd.of(new int[] {1, 2, 3, 4}, Math::sin);
  private static final PoolingWindow WINDOW = PoolingWindow.of(3, 2).stride(2, 1).padding(1, 1);

  /** {@code avg_pool2d(x, (3, 2), stride=(2, 1), padding=(1, 1))} of PyTorch 2.13, float32. */
  private static final double[] EXPECTED = {
    -0.1261337548494339, -0.1457093060016632, 0.08540477603673935, 0.2379980832338333,
    0.13301776349544525, 0.03875929117202759, -0.05237501859664917, -0.228373721241951,
    -0.19440670311450958, -0.05716727301478386, -0.13741271197795868, -0.2276177853345871,
    -0.050268370658159256, 0.17329753935337067, 0.1333608478307724, 0.10417366027832031,
    0.08338335901498795, -0.14743006229400635, -0.24269695580005646, -0.11605719476938248
  };

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Value x = builder.input("x", Shape.batched(2, 3, 4));
  private final Ops g = builder.ops("net");

  @Test
  void equalsGoldenNumbers() {
    Graph graph = builder.build(Map.of("y", g.averagePool(x, WINDOW)));
    assertThat(graph.outputs().get("y")).extracting(Value::shape).isEqualTo(Shape.batched(2, 2, 5));
    assertThat(Interpreter.run(graph, Map.of("x", X)).output("y").toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(EXPECTED);
    float[] byRuntime =
        Interpreter.require(OrtEvaluator.evaluate(graph, Map.of("x", X.toTensor())), "y")
            .toFloats();
    for (int i = 0; i < EXPECTED.length; i++) {
      assertThat((double) byRuntime[i]).isBetween(EXPECTED[i] - 1e-6, EXPECTED[i] + 1e-6);
    }
  }

  @Test
  void windowsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> g.averagePool(x, PoolingWindow.of(4, 1)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("does not fit axis 2");
    assertThatThrownBy(() -> g.averagePool(x, PoolingWindow.of(3, 1).padding(2, 0)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("more than half");
  }
}
