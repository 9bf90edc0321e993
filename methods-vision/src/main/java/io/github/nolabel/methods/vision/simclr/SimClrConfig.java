package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SimCLR (Chen et al. 2020a, arXiv 2002.05709; v2: 2020b, arXiv 2006.10029). */
public record SimClrConfig(
    @Option(
            value = "1: two-layer projector; 2: three-layer projector that exports can cut",
            min = 1,
            max = 2)
        int version,
    @Option.Width(
            value = "Width of the embedding that the loss compares",
            aliases = "projection_dim")
        int projectionDim,
    @Option(
            value = "Layers of the projector; 0 takes the version's",
            min = 0,
            max = 10,
            aliases = "projection_num_layers")
        int projectionNumLayers,
    @Option(value = "Batch normalisation in the projector", aliases = "projection_batch_norm")
        boolean projectionBatchNorm,
    NtXent contrast,
    ViewOptions views) {

  public static final SimClrConfig DEFAULTS =
      new SimClrConfig(1, 128, 0, true, new NtXent(0.5), ViewOptions.BICUBIC);

  public static final MethodRow<SimClrConfig> METHOD =
      MethodRow.of(
          "simclr",
          "SimCLR (Chen et al. 2020): two views of an image find each other among the batch",
          DEFAULTS,
          SimClrObjective.class);
}
