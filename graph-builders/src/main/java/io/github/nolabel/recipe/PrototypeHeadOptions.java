package io.github.nolabel.recipe;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.head.Prototypes;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Dense;

/**
 * A projector with a bottleneck, and prototypes on the unit sphere behind it (Caron et al. 2021);
 * options of methods that distribute views over prototypes.
 */
public record PrototypeHeadOptions(
    @Option(
            value = "Prototypes that student and teacher distribute views over",
            min = 2,
            max = 1 << 20)
        int projectionDim,
    @Option.Width("Hidden width of the projector") int hiddenDim,
    @Option.Width("Width before the prototypes") int bottleneckDim,
    @Option.Layers("Layers of the projector") int projectionNumLayers,
    @Option("Batch normalisation in the projector") boolean useBnInHead,
    @Option("Prototypes have length one") boolean normLastLayer) {

  /** From features to cosines with prototypes: float[N, width] to float[N, projectionDim]. */
  public Fragment over(int width) {
    Mlp.Norm norm = useBnInHead ? Mlp.Norm.BATCH : Mlp.Norm.NONE;
    Mlp projector =
        Mlp.deep(
                width,
                projectionNumLayers,
                new Mlp.Layer(hiddenDim, norm, Activation.GELU),
                Mlp.Layer.linear(bottleneckDim))
            .starting(Dense.Weights.TRANSFORMER);
    Prototypes prototypes = new Prototypes(bottleneckDim, projectionDim, !normLastLayer);
    return scope ->
        projector
            .attach(scope.child("projector"))
            .andThen(prototypes.attach(scope.child("prototypes")));
  }
}
