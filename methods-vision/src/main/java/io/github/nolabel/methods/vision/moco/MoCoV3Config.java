package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of MoCo v3 (Chen, Xie and He 2021, arXiv 2104.02057). */
public record MoCoV3Config(
    @Option.Width("Width of the embedding that the loss compares") int projectionDim,
    @Option.Width("Hidden width of projector and predictor") int hiddenDim,
    @Option.Layers("Layers of the projector: 2 for a ResNet, 3 for a ViT") int projectionNumLayers,
    InfoNce contrast,
    TeacherOptions teacher,
    ViewOptions views) {

  public static final MoCoV3Config DEFAULTS =
      new MoCoV3Config(
          256, 4096, 2, new InfoNce(0.2), new TeacherOptions(0.99, 1), ViewOptions.STANDARD);

  public static final MethodRow<MoCoV3Config> METHOD =
      MethodRow.of(
          "moco-v3",
          "MoCo v3 (Chen, Xie and He 2021): predictions find the teacher's keys among the batch",
          DEFAULTS,
          MoCoV3Objective.class);
}
