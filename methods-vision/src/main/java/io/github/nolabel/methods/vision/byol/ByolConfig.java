package io.github.nolabel.methods.vision.byol;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of BYOL (Grill et al. 2020, arXiv 2006.07733). */
public record ByolConfig(
    @Option(value = "Width of the embedding that is predicted", min = 2, max = 65536)
        int projectionDim,
    @Option(value = "Hidden width of projector and predictor", min = 2, max = 65536) int hiddenDim,
    TeacherOptions teacher,
    ViewOptions views) {

  public static final ByolConfig DEFAULTS =
      new ByolConfig(256, 4096, new TeacherOptions(0.996, 1), ViewOptions.BICUBIC);
}
