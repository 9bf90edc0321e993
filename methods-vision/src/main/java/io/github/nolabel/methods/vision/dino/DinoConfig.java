package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.recipe.MultiCropOptions;
import io.github.nolabel.recipe.PrototypeHeadOptions;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.TeacherTemperatureOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of DINO (Caron et al. 2021, arXiv 2104.14294). */
public record DinoConfig(
    PrototypeHeadOptions head,
    @Option(value = "Epochs at first that leave the prototypes alone", min = 0, max = 1e6)
        double freezeLastLayerEpochs,
    @Option(value = "Softmax temperature of the student", min = 0.001, max = 100)
        double tempStudent,
    TeacherTemperatureOptions teacherTemperature,
    @Option(value = "Share of the teacher's centre that a batch leaves", min = 0, max = 1)
        double centerMomentum,
    TeacherOptions teacher,
    MultiCropOptions crops,
    ViewOptions views) {

  public static final DinoConfig DEFAULTS =
      new DinoConfig(
          new PrototypeHeadOptions(65536, 2048, 256, 3, false, true),
          1,
          0.1,
          new TeacherTemperatureOptions(0.07, 0.04, 30),
          0.9,
          new TeacherOptions(0.996, 1),
          new MultiCropOptions(8, 0, 0.05, 0.4),
          new ViewOptions(1, 0.4, true, Interpolation.BICUBIC));
}
