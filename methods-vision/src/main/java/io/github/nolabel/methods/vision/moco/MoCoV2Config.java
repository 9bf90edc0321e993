package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of MoCo v2 (Chen et al. 2020, arXiv 2003.04297). */
public record MoCoV2Config(
    @Option.Width("Width of the embedding that the loss compares") int projectionDim,
    @Option.HiddenWidth("Hidden width of the projector; 0 takes the backbone's") int hiddenDim,
    @Option.Rows(value = "Negatives that are kept, of any batch size", aliases = "K") int queueSize,
    InfoNce contrast,
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
          128,
          0,
          65536,
          new InfoNce(0.2),
          false,
          1,
          new TeacherOptions(0.999, -1),
          ViewOptions.FIFTH);

  public static final MethodRow<MoCoV2Config> METHOD =
      MethodRow.of(
          "moco-v2",
          "MoCo v2 (Chen et al. 2020): a query finds its key among a queue of earlier keys",
          DEFAULTS,
          MoCoV2Objective.class);
}
