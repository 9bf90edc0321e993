package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.layer.BatchNorm;
import io.github.nolabel.fragment.layer.Dropout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A network that stays as it is behaves as in inference within a graph that trains others. */
class InferenceScopeTest {

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Value x = builder.input("x", Shape.batched(2, 4, 4));

  @Test
  void batchNormalisationUsesAndKeepsItsRunningStatistics() {
    Value still = new BatchNorm(2).attach(builder.inferenceScope("still").child("a")).apply(x);
    Value moving = new BatchNorm(2).attach(builder.scope("moving")).apply(x);
    Graph graph = builder.build(Map.of("still", still, "moving", moving));
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactlyInAnyOrder("BatchNormalization", "BatchNormInternal");
    assertThat(graph.parameters().stream().filter(Parameter::trainable).map(Parameter::name))
        .containsExactly("moving/weight", "moving/bias");
  }

  @Test
  void dropoutPassesEverythingOn() {
    Scope scope = builder.inferenceScope("still");
    assertThat(new Dropout(0.5).attach(scope.below(1).frozen()).apply(x)).isSameAs(x);
    assertThat(new Dropout(0.5).attach(builder.frozenScope("moving")).apply(x)).isNotSameAs(x);
  }
}
