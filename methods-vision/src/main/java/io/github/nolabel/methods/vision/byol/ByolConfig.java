package io.github.nolabel.methods.vision.byol;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of BYOL (Grill et al. 2020, arXiv 2006.07733). */
public record ByolConfig(
    @Option.Width("Width of the embedding that is predicted") int projectionDim,
    @Option.Width("Hidden width of projector and predictor") int hiddenDim,
    TeacherOptions teacher,
    ViewOptions views) {

  public static final ByolConfig DEFAULTS =
      new ByolConfig(256, 4096, new TeacherOptions(0.996, 1), ViewOptions.BICUBIC);

  public static final MethodRow<ByolConfig> METHOD =
      MethodRow.of(
          "byol",
          "BYOL (Grill et al. 2020): the student predicts a slowly moving teacher's view",
          DEFAULTS,
          ByolObjective.class);
}
