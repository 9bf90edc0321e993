package io.github.nolabel.objective;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts in inference mode. */
final class InferenceGraphs {

  private InferenceGraphs() {}

  /**
   * @param images of a cut that does not say what it reads
   */
  static Graph of(Cut cut, Shape images) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    List<TensorSpec> specs =
        cut.inputs().isEmpty()
            ? List.of(TensorSpec.floats(TrainingProgram.IMAGES, images))
            : cut.inputs();
    Map<String, Value> inputs = new LinkedHashMap<>();
    specs.forEach(
        spec -> inputs.put(spec.name(), graph.input(spec.name(), spec.type(), spec.shape())));
    return graph.build(cut.network().attach(graph.scope(cut.scope())).apply(inputs));
  }
}
