package io.github.nolabel.methods.multimodal.vse;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.methods.multimodal.tower.Pooling;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;
import io.github.nolabel.methods.multimodal.tower.RegionOptions;

/**
 * Options of visual-semantic embeddings (Faghri et al. 2018, arXiv 1707.05612) with the adaptive
 * objective of arXiv 2210.02206.
 */
public record VseConfig(
    @Option("How pairs are told from all others: by the worst violation, or by as many as fit")
        Contrast objective,
    @Option(value = "Lead of a pair over all others", min = 0, max = 2) double margin,
    @Option(
            value = "Passes over the data in which max-violation counts all violations instead",
            min = 0,
            max = 1000)
        double warmupEpochs,
    @Option(
            value = "How the adaptive objective's number of negatives follows the scores",
            min = 0.1,
            max = 10)
        double scale,
    @Option("How a network's tokens become one feature: its own way, or learnt") Pooling pooling,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    ProjectionOptions projection,
    RegionOptions regions) {

  /** What is to be learnt of scores. */
  public enum Contrast {
    /** {@link io.github.nolabel.fragment.loss.AdaptiveContrast}. */
    ADAPTIVE,
    /** {@link io.github.nolabel.fragment.loss.MarginRanking}. */
    MAX_VIOLATION
  }

  public static final VseConfig DEFAULTS =
      new VseConfig(
          Contrast.ADAPTIVE,
          0.2,
          1,
          1.25,
          Pooling.ADAPTIVE,
          0.5,
          ProjectionOptions.STANDARD,
          RegionOptions.STANDARD);

  public static final MethodRow<VseConfig> METHOD =
      MethodRow.of(
              "vse",
              "VSE (Faghri et al. 2018): images and captions beat their hardest rivals by a margin",
              DEFAULTS,
              VseObjective.class)
          .withTexts(TextConfig.DEFAULTS)
          .withRunDefaults("optimizer.clipNorm=2");
}
