package io.github.nolabel.networks.weights;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Backbones in evaluation, with their own first values. */
final class FirstValues {

  private FirstValues() {}

  /** By name within the network. */
  static Map<String, Tensor> of(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    backbone.attach(graph.scope("student"));
    Map<String, Tensor> values = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(p -> values.put(p.name().substring("student/".length()), Initializer.draw(p, 1)));
    return values;
  }

  /** Of {@code images}, row by row. */
  static float[] feature(Backbone backbone, Tensor images) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Value seen = builder.input("images", backbone.inputShape());
    Value feature = backbone.attach(builder.scope("student")).apply(seen);
    Graph graph = builder.build(Map.of("feature", feature));
    Map<String, Tensor> fed = new LinkedHashMap<>();
    graph.parameters().forEach(p -> fed.put(p.name(), Initializer.draw(p, 1)));
    fed.put("images", images);
    return Interpreter.require(OrtEvaluator.evaluate(graph, fed), "feature").toFloats();
  }
}
