package io.github.nolabel.methods.vision.simsiam;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SimSiam (Chen and He 2021, arXiv 2011.10566). */
public record SimSiamConfig(
    @Option(value = "Width of the embedding that is predicted", min = 2, max = 65536)
        int projectionDim,
    @Option(value = "Hidden width of the projector; 0 takes the backbone's", min = 0, max = 65536)
        int projectionHiddenDim,
    @Option(value = "Layers of the projector", min = 1, max = 10) int projectionNumLayers,
    @Option(value = "Hidden width of the predictor", min = 2, max = 65536) int predictionHiddenDim,
    @Option("The predictor keeps the peak learning rate") boolean fixedPredictorRate,
    @Option(value = "Shorter embeddings count as if they had this length", min = 1e-12, max = 1)
        double eps,
    ViewOptions views) {

  public static final SimSiamConfig DEFAULTS =
      new SimSiamConfig(2048, 0, 3, 512, true, 1e-8, ViewOptions.FIFTH);
}
