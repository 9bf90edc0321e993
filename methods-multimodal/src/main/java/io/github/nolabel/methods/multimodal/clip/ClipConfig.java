package io.github.nolabel.methods.multimodal.clip;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.methods.multimodal.tower.ContrastOptions;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;

/**
 * Options of CLIP (Radford et al. 2021, arXiv 2103.00020) and SigLIP (Zhai et al. 2023, arXiv
 * 2303.15343).
 */
public record ClipConfig(
    ContrastOptions contrast,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    ProjectionOptions projection) {

  public static final ClipConfig DEFAULTS =
      new ClipConfig(ContrastOptions.STANDARD, 0.5, ProjectionOptions.STANDARD);

  public static final MethodRow<ClipConfig> METHOD =
      MethodRow.of(
              "clip",
              "CLIP (Radford et al. 2021): images and captions find each other; useSiglip for SigLIP",
              DEFAULTS,
              ClipObjective.class)
          .withTexts(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
}
