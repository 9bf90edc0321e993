package io.github.nolabel.fragment.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  private static final Nd TABLE = Nd.of(new int[] {5, 3}, i -> i * i / 10.0);
  private static final long[] TOKENS = {4, 1, 1, 0, 1, 4};

  private final Graph graph = graph();
  private final Map<String, Nd> fed =
      Map.of("tokens", Nd.integers(new int[] {3, 2}, i -> TOKENS[i]), "text/weight", TABLE);

  /** The loss weighs every looked-up element by its position, 1, 2, ... */
  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value tokens = builder.input("tokens", ElementType.INT64, Shape.batched(2));
    Value vectors = new Embedding(5, 3).attach(builder.scope("text")).apply(tokens);
    Ops g = builder.ops("loss");
    Value rows = g.add(g.cast(g.rowNumbers(tokens), ElementType.FLOAT), g.constant(1));
    Value loss = g.reduceSum(g.mul(vectors, g.unsqueeze(g.unsqueeze(rows, 1), 1)), false);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("vectors", vectors);
    new ReverseMode(StandardRules.table())
        .differentiate(builder, loss)
        .forEach((parameter, gradient) -> outputs.put("gradient", gradient));
    return builder.build(outputs);
  }

  @Test
  void everyTokenGetsItsRow() {
    Nd vectors = Interpreter.run(graph, fed).output("vectors");
    assertThat(vectors.shape()).containsExactly(3, 2, 3);
    for (int i = 0; i < vectors.size(); i++) {
      assertThat(vectors.at(i)).isEqualTo(TABLE.at((int) TOKENS[i / 3] * 3 + i % 3));
    }
  }

  /** Tokens 1, 1 and 1 stand in rows 1, 2 and 3 of the batch; token 4 in rows 1 and 3. */
  @Test
  void repeatedTokensAddUpTheirGradients() {
    double[] expected = {2, 2, 2, 6, 6, 6, 0, 0, 0, 0, 0, 0, 4, 4, 4};
    assertThat(Interpreter.run(graph, fed).output("gradient").toArray()).containsExactly(expected);
    var byRuntime =
        OrtEvaluator.evaluate(
            graph,
            Map.of(
                "tokens",
                Interpreter.require(fed, "tokens").toTensor(),
                "text/weight",
                TABLE.toTensor()));
    float[] gradient = Interpreter.require(byRuntime, "gradient").toFloats();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) gradient[i]).isEqualTo(expected[i]);
    }
  }

  /** 20,000 draws: the standard deviation is known to half a percent. */
  @Test
  void startsSmallAndIsNoWeight() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value tokens = builder.input("tokens", ElementType.INT64, Shape.batched(2));
    new Embedding(200, 100).attach(builder.scope("text")).apply(tokens);
    Parameter table = builder.parameters().get(0);
    double squares = 0;
    for (float value : Initializer.draw(table, 3).toFloats()) {
      squares += value * value;
    }
    assertThat(Math.sqrt(squares / 20_000)).isCloseTo(0.02, within(0.0004));
    assertThat(table.role()).isEqualTo(Role.EMBEDDING);
  }
}
