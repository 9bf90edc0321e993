package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.train.Sharing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Value x = builder.input("x", Shape.batched(2));
  private final Ops g = builder.ops("net");

  @Test
  void theSameApplicationTwiceIsOneNode() {
    assertThat(g.add(x, x)).isSameAs(builder.ops("elsewhere").add(x, x));
    assertThat(g.slice(x, 1, 0, 1)).isNotEqualTo(g.slice(x, 1, 1, 2));
    assertThat(g.split(x, 1, 1, 1)).isEqualTo(g.split(x, 1, 1, 1));
    assertThat(builder.nodes()).hasSize(4);
  }

  @Test
  void batchNormalisationIsNeverMerged() {
    Value c = builder.input("c", Shape.of(2));
    Value first = g.batchNormTraining(x, c, c, c, c, 0.9, 1e-5).get(0);
    Value second = g.batchNormTraining(x, c, c, c, c, 0.9, 1e-5).get(0);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void whatNothingNeedsIsLeftOut() {
    Value y = g.exp(x);
    g.tanh(y);
    assertThat(builder.build(Map.of("y", y)).nodes().stream().map(Node::op)).containsExactly("Exp");
  }

  @Test
  void whatAStateWriteNeedsIsKept() {
    Value w = builder.scope("net").weight("w", Shape.of(2), Initializer.constant(0));
    builder.write(w, g.exp(w));
    assertThat(builder.build(Map.of()).nodes().stream().map(Node::op)).containsExactly("Exp");
  }

  @Test
  void namesCountPerPathAndOperator() {
    assertThat(g.exp(x).name()).isEqualTo("net/Exp_1");
    assertThat(g.exp(g.tanh(x)).name()).isEqualTo("net/Exp_2");
    assertThat(builder.ops("head").exp(g.abs(x)).name()).isEqualTo("head/Exp_1");
    assertThat(g.split(x, 1, 1, 1).get(1).name()).isEqualTo("net/Split_1_part_2");
  }

  @Test
  void aParameterDeclaredTwiceIsRefused() {
    Scope scope = builder.scope("net");
    scope.weight("w", Shape.of(2), Initializer.constant(0));
    assertThatThrownBy(() -> scope.weight("w", Shape.of(2), Initializer.constant(0)))
        .hasMessage(
            "Parameter 'net/w' is declared twice. "
                + "Attach the fragment once and apply it twice to share weights.");
  }

  @Test
  void anInputKeepsItsTypeAndShape() {
    assertThat(builder.input("x", Shape.batched(2))).isSameAs(x);
    assertThatThrownBy(() -> builder.input("x", ElementType.INT64, Shape.batched(2)))
        .hasMessage("Input 'x' is FLOAT[N, 2] and cannot also be INT64[N, 2].");
  }

  @Test
  void onlyParametersAreWrittenAndOnlyOnceInTheirShape() {
    Value w = builder.scope("net").weight("w", Shape.of(2), Initializer.constant(0));
    assertThatThrownBy(() -> builder.write(x, x)).hasMessage("'x' is no parameter of this graph.");
    assertThatThrownBy(() -> builder.write(w, x))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("Write cannot combine [2] with [N, 2]: 'net/w' keeps its shape");
    builder.write(w, g.exp(w));
    assertThatThrownBy(() -> builder.write(w, g.tanh(w)))
        .hasMessage("Parameter 'net/w' is written twice.");
  }

  @Test
  void parametersTrainAsTheirScopeSays() {
    Value weight = builder.scope("net").weight("w", Shape.of(2), Initializer.constant(0));
    builder.scope("net").statistic("mean", Shape.of(2), Initializer.constant(0));
    builder.frozenScope("teacher").child("net").weight("w", Shape.of(2), Initializer.constant(0));
    assertThat(builder.parameters().stream().filter(Parameter::trainable).map(Parameter::value))
        .containsExactly(weight);
    assertThat(builder.parameters().stream().map(Parameter::name))
        .containsExactly("net/w", "net/mean", "teacher/net/w");
  }

  @Test
  void typesMustMeet() {
    assertThatThrownBy(() -> g.add(x, g.integer(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Add cannot combine FLOAT[N, 2] with INT64[]: the types differ");
  }

  @Test
  void graphsPrintTheSameText() {
    Scope scope = builder.scope("net");
    Value w = scope.weight("w", Shape.of(2, 3), Initializer.constant(0));
    Value count = scope.memory("count", Shape.of(), Sharing.AVERAGED, Initializer.constant(0));
    builder.write(count, g.add(count, g.constant(1)));
    List<Value> parts = g.split(g.matMul(x, w), -1, 1, 2);
    Value loss = g.reduceMean(g.clip(parts.get(1), -1, 1), false);
    assertThat(GraphPrinter.print(builder.build(Map.of("loss", loss))))
        .isEqualTo(
            """
            input     x float[N, 2]
            parameter net/w[2, 3] weight
            state     net/count[] memory
            node      net/Constant_1[] = Constant() {value=1.0}
            node      net/Add_1[] = Add(net/count, net/Constant_1)
            node      net/MatMul_1[N, 3] = MatMul(x, net/w)
            node      net/Split_1[N, 1], net/Split_1_part_2[N, 2] = Split(net/MatMul_1) {axis=1, split=[1, 2]}
            node      net/Clip_1[N, 2] = Clip(net/Split_1_part_2) {max=1.0, min=-1.0}
            node      net/ReduceMean_1[] = ReduceMean(net/Clip_1) {axes=[0, 1], keepdims=0}
            write     net/count <- net/Add_1
            output    loss = net/ReduceMean_1
            """);
  }
}
