package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.loss.SwappedPrediction;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.AssignmentOptions;
import io.github.nolabel.recipe.MultiCropOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of SwAV (Caron et al. 2020, arXiv 2006.09882). */
public record SwavConfig(
    @Option.Width("Width of the embedding") int projectionDim,
    @Option.Width("Hidden width of the projector") int hiddenDim,
    @Option(value = "Directions that embeddings are assigned to", min = 2, max = 1 << 20)
        int numPrototypes,
    SwappedPrediction prediction,
    AssignmentOptions assignment,
    @Option(value = "Updates at first that leave the prototypes alone", min = 0, max = 1e12)
        long freezePrototypesSteps,
    MultiCropOptions crops,
    ViewOptions views) {

  public static final SwavConfig DEFAULTS =
      new SwavConfig(
          128,
          2048,
          3000,
          new SwappedPrediction(0.1),
          new AssignmentOptions(0.05, 3, true, 3840, 15),
          313,
          new MultiCropOptions(6, 0, 0.05, 0.14),
          ViewOptions.STANDARD.croppedFrom(0.14));

  public static final MethodRow<SwavConfig> METHOD =
      MethodRow.of(
          "swav",
          "SwAV (Caron et al. 2020): crops predict each other's assignment to prototypes",
          DEFAULTS,
          SwavObjective.class);
}
