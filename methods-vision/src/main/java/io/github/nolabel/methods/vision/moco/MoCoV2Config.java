package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of MoCo v2 (Chen et al. 2020, arXiv 2003.04297). */
public record MoCoV2Config(
    @Option(value = "Width of the embedding that the loss compares", min = 2, max = 65536)
        int projectionDim,
    @Option(value = "Hidden width of the projector; 0 takes the backbone's", min = 0, max = 65536)
        int hiddenDim,
    @Option(
            value = "Negatives that are kept, of any batch size",
            min = 1,
            max = 1 << 22,
            aliases = "K")
        int queueSize,
    @Option(value = "Softmax temperature", min = 0.001, max = 100) double temperature,
    @Option("Each view is query and key in turn; twice the work per image") boolean symmetric,
    @Option(
            value = "Parts of a batch with statistics of their own, mixed anew for keys",
            min = 1,
            max = 1024)
        int batchNormGroups,
    TeacherOptions teacher,
    ViewOptions views) {

  public static final MoCoV2Config DEFAULTS =
      new MoCoV2Config(
          128, 0, 65536, 0.2, false, 1, new TeacherOptions(0.999, -1), ViewOptions.FIFTH);
}
