package io.github.nolabel.methods.multimodal.slip;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.methods.multimodal.tower.ContrastOptions;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SLIP (Mu et al. 2022, arXiv 2112.12750). */
public record SlipConfig(
    @Option(value = "Weight of the loss between views", min = 0, max = 100) double sslScale,
    @Option.Temperature("Softmax temperature of that loss") double sslTemperature,
    @Option.Width("Hidden width of the views' three-layer projector") int mlpDim,
    @Option.Width("Width in which views are compared") int sslDim,
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

  public static final MethodRow<SlipConfig> METHOD =
      MethodRow.of(
              "slip",
              "SLIP (Mu et al. 2022): CLIP, and two further views of an image find each other",
              DEFAULTS,
              SlipObjective.class)
          .withTexts(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
}
