package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.head.Prototypes;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Dense;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A projector with a bottleneck, and prototypes on the unit sphere. */
record DinoHead(DinoConfig config) {

  Fragment after(Backbone backbone) {
    Mlp projector = new Mlp(backbone.featureWidth(), layers(), Dense.Weights.TRANSFORMER);
    return backbone
        .then("projector", projector)
        .then(
            "prototypes",
            new Prototypes(
                config.bottleneckDim(), config.projectionDim(), !config.normLastLayer()));
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
