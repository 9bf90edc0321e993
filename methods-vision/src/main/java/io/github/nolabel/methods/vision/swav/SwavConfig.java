package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.recipe.MultiCropOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SwAV (Caron et al. 2020, arXiv 2006.09882). */
public record SwavConfig(
    @Option(value = "Width of the embedding", min = 2, max = 65536) int projectionDim,
    @Option(value = "Hidden width of the projector", min = 2, max = 65536) int hiddenDim,
    @Option(value = "Directions that embeddings are assigned to", min = 2, max = 1 << 20)
        int numPrototypes,
    @Option(value = "Softmax temperature of the predictions", min = 0.001, max = 100)
        double temperature,
    @Option(value = "Smoothness of the assignments", min = 0.0001, max = 100) double epsilon,
    @Option(value = "Rounds of the even spreading", min = 1, max = 1000) int sinkhornIterations,
    @Option("Earlier embeddings help to spread small batches") boolean useTheQueue,
    @Option(value = "Embeddings that the queue of a view keeps", min = 1, max = 1 << 22)
        int queueLength,
    @Option(value = "Epoch from which on the queue counts", min = 0, max = 1e6)
        double queueStartEpoch,
    @Option(value = "Updates at first that leave the prototypes alone", min = 0, max = 1e12)
        long freezePrototypesSteps,
    MultiCropOptions crops,
    ViewOptions views) {

  public static final SwavConfig DEFAULTS =
      new SwavConfig(
          128,
          2048,
          3000,
          0.1,
          0.05,
          3,
          true,
          3840,
          15,
          313,
          new MultiCropOptions(6, 0, 0.05, 0.14),
          new ViewOptions(1, 0.14, true, Interpolation.BILINEAR));
}
