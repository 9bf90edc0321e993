package io.github.nolabel.methods.multimodal.slip;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.methods.multimodal.tower.ContrastOptions;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SLIP (Mu et al. 2022, arXiv 2112.12750). */
public record SlipConfig(
    @Option(value = "Weight of the loss between views", min = 0, max = 100) double sslScale,
    @Option(value = "Softmax temperature of that loss", min = 0.001, max = 100)
        double sslTemperature,
    @Option(value = "Hidden width of the views' three-layer projector", min = 2, max = 65536)
        int mlpDim,
    @Option(value = "Width in which views are compared", min = 2, max = 65536) int sslDim,
    ContrastOptions contrast,
    @Option(
            value = "Smallest share of the captioned image that its crop keeps",
            min = 0.01,
            max = 1)
        double captionedCropScale,
    ProjectionOptions projection,
    ViewOptions views) {

  public static final SlipConfig DEFAULTS =
      new SlipConfig(
          1,
          0.1,
          4096,
          256,
          ContrastOptions.STANDARD,
          0.5,
          ProjectionOptions.STANDARD,
          ViewOptions.STANDARD);
}
