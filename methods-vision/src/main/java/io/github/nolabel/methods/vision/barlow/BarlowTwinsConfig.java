package io.github.nolabel.methods.vision.barlow;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.ViewOptions;

/** Options of Barlow Twins (Zbontar et al. 2021, arXiv 2103.03230). */
public record BarlowTwinsConfig(
    @Option.Width("Width of the embedding whose features are decorrelated") int projectionDim,
    @Option.Width("Hidden width of the projector") int hiddenDim,
    @Option.Layers("Layers of the projector") int projectionNumLayers,
    @Option(value = "Weight of the off-diagonal terms", min = 0, max = 1000) double lambdaParam,
    @Option(value = "Factor of the whole loss", min = 1e-9, max = 1e6) double lossScale,
    @Option("Off-diagonal correlations aim at -1 instead of 0 (Tsai et al. 2021)") boolean hsic,
    ViewOptions views) {

  public static final BarlowTwinsConfig DEFAULTS =
      new BarlowTwinsConfig(8192, 8192, 3, 0.0051, 0.024, false, ViewOptions.BICUBIC);

  public static final MethodRow<BarlowTwinsConfig> METHOD =
      MethodRow.of(
          "barlow-twins",
          "Barlow Twins (Zbontar et al. 2021): two views agree feature by feature, features differ",
          DEFAULTS,
          BarlowTwinsObjective.class);
}
