package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.methods.multimodal.tower.ProjectionOptions;
import io.github.nolabel.recipe.TeacherOptions;

/** Options of ALBEF (Li et al. 2021, arXiv 2107.07651). */
public record AlbefConfig(
    @Option(value = "Share of the words that are hidden and guessed", min = 0.01, max = 0.9)
        double mlmProbability,
    @Option(value = "Temperature of the contrast at first; it is learnt", min = 0.001, max = 0.5)
        double temp,
    @Option.Rows("Momentum features of earlier batches that are kept, of any batch size")
        int queueSize,
    @Option(
            value =
                "Weight of the momentum networks' opinion in the targets, from the second epoch",
            min = 0,
            max = 1)
        double alpha,
    @Option.Share(
            value = "Share of the momentum networks that an update leaves, at first",
            aliases = {"momentum", "m", "momentum_teacher"})
        double movingAverageDecay,
    @Option.Share("The same at the end of the run, reached by half a cosine")
        double finalMovingAverageDecay,
    @Option(value = "Blocks that read a text together with an image", min = 1, max = 64)
        int fusionDepth,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    ProjectionOptions projection) {

  public static final AlbefConfig DEFAULTS =
      new AlbefConfig(0.15, 0.07, 1024, 0.4, 0.995, 0.995, 2, 0.5, ProjectionOptions.STANDARD);

  public static final MethodRow<AlbefConfig> METHOD =
      MethodRow.of(
              "albef",
              "ALBEF (Li et al. 2021): align images and captions, then read both together",
              DEFAULTS,
              AlbefObjective.class)
          .withTexts(TextConfig.DEFAULTS);

  /** How slowly the momentum networks follow. */
  TeacherOptions teacher() {
    return new TeacherOptions(movingAverageDecay, finalMovingAverageDecay);
  }
}
