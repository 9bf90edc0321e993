package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of MoCo v3 (Chen, Xie and He 2021, arXiv 2104.02057). */
public record MoCoV3Config(
    @Option(value = "Width of the embedding that the loss compares", min = 2, max = 65536)
        int projectionDim,
    @Option(value = "Hidden width of projector and predictor", min = 2, max = 65536) int hiddenDim,
    @Option(value = "Layers of the projector: 2 for a ResNet, 3 for a ViT", min = 1, max = 10)
        int projectionNumLayers,
    @Option(value = "Softmax temperature", min = 0.001, max = 100) double temperature,
    TeacherOptions teacher,
    ViewOptions views) {

  public static final MoCoV3Config DEFAULTS =
      new MoCoV3Config(256, 4096, 2, 0.2, new TeacherOptions(0.99, 1), ViewOptions.STANDARD);
}
