package io.github.nolabel.methods.vision.simsiam;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SimSiam (Chen and He 2021, arXiv 2011.10566). */
public record SimSiamConfig(
    @Option.Width("Width of the embedding that is predicted") int projectionDim,
    @Option.HiddenWidth("Hidden width of the projector; 0 takes the backbone's")
        int projectionHiddenDim,
    @Option.Layers("Layers of the projector") int projectionNumLayers,
    @Option.Width("Hidden width of the predictor") int predictionHiddenDim,
    @Option("The predictor keeps the peak learning rate") boolean fixedPredictorRate,
    @Option(value = "Shorter embeddings count as if they had this length", min = 1e-12, max = 1)
        double eps,
    ViewOptions views) {

  public static final SimSiamConfig DEFAULTS =
      new SimSiamConfig(2048, 0, 3, 512, true, 1e-8, ViewOptions.FIFTH);

  public static final MethodRow<SimSiamConfig> METHOD =
      MethodRow.of(
          "simsiam",
          "SimSiam (Chen and He 2021): one view predicts the other, gradients stop at the target",
          DEFAULTS,
          SimSiamObjective.class);
}
