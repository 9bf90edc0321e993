package com.example.vicreg;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.ViewOptions;

/** Options of VICReg (Bardes et al. 2022, arXiv 2105.04906); defaults are the paper's. */
public record VicRegConfig(
    @Option.Width("Width of the embedding") int projectionDim,
    @Option(value = "Weight of the invariance term", min = 0, max = 1000) double invariance,
    @Option(value = "Weight of the variance term", min = 0, max = 1000) double variance,
    @Option(value = "Weight of the covariance term", min = 0, max = 1000) double covariance,
    ViewOptions views) {

  public static final VicRegConfig DEFAULTS =
      new VicRegConfig(8192, 25, 25, 1, ViewOptions.STANDARD);
}
