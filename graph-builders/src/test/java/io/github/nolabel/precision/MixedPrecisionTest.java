package io.github.nolabel.precision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.BatchNorm;
import io.github.nolabel.fragment.layer.Conv2d;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixedPrecisionTest {

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Ops g = builder.ops("loss");

  @Test
  void whatLiesBetweenConvolutionsStaysInFloat16ForwardAndBackward() {
    Graph graph = MixedPrecision.of(network());
    for (String op :
        List.of("Conv", "ConvGrad", "BatchNormInternal", "BatchNormalizationGrad", "Relu")) {
      assertThat(nodes(graph, op))
          .as(op)
          .isNotEmpty()
          .allMatch(node -> node.output().type() == ElementType.FLOAT16);
    }
    assertThat(nodes(graph, "ReluGrad"))
        .allMatch(node -> node.output().type() == ElementType.FLOAT16);
    for (Node norm : nodes(graph, "BatchNormInternal")) {
      assertThat(norm.inputs().subList(1, 5)).allMatch(x -> x.type() == ElementType.FLOAT);
      assertThat(norm.outputs().subList(1, 5)).allMatch(x -> x.type() == ElementType.FLOAT);
    }
  }

  @Test
  void lossesSumsAndWritesAreFloat32() {
    Graph graph = MixedPrecision.of(network());
    for (String op : List.of("Softmax", "LogSoftmax", "ReduceMean", "ReduceSum", "Exp", "Sqrt")) {
      assertThat(nodes(graph, op))
          .allMatch(node -> node.inputs().stream().allMatch(MixedPrecisionTest::whole));
    }
    assertThat(graph.outputs().values()).allMatch(MixedPrecisionTest::whole);
    assertThat(graph.parameters()).allMatch(p -> whole(p.value()));
  }

  /** Similarities of the loss are a product of no weight. */
  @Test
  void aProductOfNoWeightStaysFloat32() {
    Value z = builder.input("z", Shape.of(4, 3));
    Value similarities = g.matMul(z, g.transposeMatrix(z));
    Graph graph = MixedPrecision.of(builder.build(Map.of("y", similarities)));
    assertThat(graph.nodes()).noneMatch(node -> node.op().equals("Cast"));
  }

  @Test
  void everyValueExistsBeforeItIsReadAndOnce() {
    Graph graph = MixedPrecision.of(network());
    Set<Value> known = new HashSet<>(graph.inputs());
    graph.parameters().stream().map(Parameter::value).forEach(known::add);
    for (Node node : graph.nodes()) {
      assertThat(known).as(node.toString()).containsAll(node.inputs());
      node.outputs().forEach(made -> assertThat(known.add(made)).as("%s", made).isTrue());
    }
    assertThat(known).containsAll(graph.outputs().values());
  }

  private Graph network() {
    Value x = builder.input("x", Shape.batched(3, 8, 8));
    Value first = block("one", 3).apply(x);
    Value second = g.relu(g.add(block("two", 4).apply(first), first));
    Value pooled = g.squeeze(g.globalAveragePool(second), 2, 3);
    Value out =
        Mlp.of(4, Mlp.Layer.hidden(4), Mlp.Layer.linear(2))
            .attach(builder.scope("head"))
            .apply(pooled);
    Value loss = g.neg(g.reduceMean(g.logSoftmax(out, 1), false));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    new ReverseMode(StandardRules.withPlugIns())
        .differentiate(builder, loss)
        .forEach((parameter, gradient) -> outputs.put("d:" + parameter.name(), gradient));
    return builder.build(outputs);
  }

  private TensorFunction block(String name, int channels) {
    return Conv2d.threeByThree(channels, 4, 1)
        .attach(builder.scope(name))
        .andThen(new BatchNorm(4).attach(builder.scope(name + "_norm")))
        .andThen(g::relu);
  }

  private static List<Node> nodes(Graph graph, String op) {
    return graph.nodes().stream().filter(node -> node.op().equals(op)).toList();
  }

  private static boolean whole(Value value) {
    return value.type() != ElementType.FLOAT16;
  }
}
