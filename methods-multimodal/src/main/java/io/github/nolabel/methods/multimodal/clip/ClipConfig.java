package io.github.nolabel.methods.multimodal.clip;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;

/**
 * Options of CLIP (Radford et al. 2021, arXiv 2103.00020) and SigLIP (Zhai et al. 2023, arXiv
 * 2303.15343).
 */
public record ClipConfig(
    @Option("SigLIP: judge each pair for itself instead of choosing among the batch")
        boolean useSiglip,
    @Option(
            value =
                "Logarithm of the logits' scale at first; 0 takes the paper's: ln(1/0.07) or ln 10",
            min = -5,
            max = 4.605)
        double initTau,
    @Option(
            value = "SigLIP's addend to the logits at first; 0 takes the paper's -10",
            min = -100,
            max = 100,
            aliases = "init_b")
        double initBias,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    ProjectionOptions projection) {

  public static final ClipConfig DEFAULTS =
      new ClipConfig(false, 0, 0, 0.5, ProjectionOptions.STANDARD);

  private static final double CLIP_SCALE = 1 / 0.07;
  private static final double SIGLIP_SCALE = 10;
  private static final double SIGLIP_BIAS = -10;

  public ClipConfig {
    RecordOptions.check(ClipConfig.class, useSiglip, initTau, initBias, minCropScale, projection);
  }

  /** What logits are multiplied by at first. */
  double scale() {
    if (initTau != 0) {
      return Math.exp(initTau);
    }
    return useSiglip ? SIGLIP_SCALE : CLIP_SCALE;
  }

  /** What SigLIP adds to logits at first. */
  double bias() {
    return initBias != 0 ? initBias : SIGLIP_BIAS;
  }
}
