package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.head.Prototypes;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A projector with a bottleneck, and prototypes on the unit sphere: float[N, width] to float[N,
 * projectionDim].
 */
record DinoHead(DinoConfig config, int width) implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    Mlp projector = new Mlp(width, layers(), Dense.Weights.TRANSFORMER);
    Prototypes prototypes =
        new Prototypes(config.bottleneckDim(), config.projectionDim(), !config.normLastLayer());
    return projector
        .attach(scope.child("projector"))
        .andThen(prototypes.attach(scope.child("prototypes")));
  }

  private List<Mlp.Layer> layers() {
    Mlp.Norm norm = config.useBnInHead() ? Mlp.Norm.BATCH : Mlp.Norm.NONE;
    Mlp.Layer hidden = new Mlp.Layer(config.hiddenDim(), norm, Activation.GELU);
    List<Mlp.Layer> layers =
        new ArrayList<>(Collections.nCopies(config.projectionNumLayers() - 1, hidden));
    layers.add(Mlp.Layer.linear(config.bottleneckDim()));
    return layers;
  }
}
