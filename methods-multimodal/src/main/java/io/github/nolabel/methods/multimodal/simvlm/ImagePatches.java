package io.github.nolabel.methods.multimodal.simvlm;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * Images as tokens among words: a backbone's features per place, projected to the words' width,
 * with a learnt vector per place. Float[N, 3, S, S] to float[N, T, width].
 */
record ImagePatches(Backbone backbone, int width) implements Fragment {

  /** The child scope that holds the backbone. */
  static final String IMAGE = "image";

  @Override
  public TensorFunction attach(Scope scope) {
    TensorFunction features = backbone.tokens().attach(scope.child(IMAGE));
    Scope patches = scope.child("patches");
    TensorFunction projection =
        new Dense(backbone.featureWidth(), width, true, Dense.Weights.BERT)
            .attach(patches.child("projection"));
    Value places =
        patches.embedding(
            "position", Shape.of(1, count(), width), Initializer.truncatedNormal(0.02));
    Ops g = patches.ops();
    return images -> g.add(projection.apply(features.apply(images)), places);
  }

  /** T, as found out by building the backbone once for nothing else. */
  long count() {
    GraphBuilder trial = new GraphBuilder(Mode.INFERENCE);
    Value images = trial.input(IMAGE, backbone.inputShape());
    return backbone.tokens().attach(trial.scope(IMAGE)).apply(images).shape().extent(1);
  }
}
