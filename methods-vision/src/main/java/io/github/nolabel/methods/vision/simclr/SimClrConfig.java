package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SimCLR (Chen et al. 2020a, arXiv 2002.05709; v2: 2020b, arXiv 2006.10029). */
public record SimClrConfig(
    @Option(
            value = "1: two-layer projector; 2: three-layer projector that exports can cut",
            min = 1,
            max = 2)
        int version,
    @Option(
            value = "Width of the embedding that the loss compares",
            min = 2,
            max = 65536,
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
    @Option(
            value = "Softmax temperature: smaller looks harder at the nearest others",
            min = 0.001,
            max = 100)
        double temperature,
    ViewOptions views) {

  public static final SimClrConfig DEFAULTS =
      new SimClrConfig(1, 128, 0, true, 0.5, ViewOptions.BICUBIC);

  /** Layers of the projector: two in version 1, three in version 2, unless said otherwise. */
  int layers() {
    return projectionNumLayers > 0 ? projectionNumLayers : version + 1;
  }
}
