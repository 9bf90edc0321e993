package io.github.nolabel.objective;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import java.util.Map;

/** Images to features in inference mode. */
final class InferenceGraphs {

  private InferenceGraphs() {}

  static Graph of(Cut cut, Shape input) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input(TrainingProgram.IMAGES, input);
    Value features = cut.network().attach(graph.scope(cut.scope())).apply(images);
    return graph.build(Map.of(TrainingProgram.FEATURES, features));
  }
}
