package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.recipe.MultiCropOptions;
import io.github.nolabel.recipe.TeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of DINO (Caron et al. 2021, arXiv 2104.14294). */
public record DinoConfig(
    @Option(
            value = "Prototypes that student and teacher distribute views over",
            min = 2,
            max = 1 << 20)
        int projectionDim,
    @Option(value = "Hidden width of the projector", min = 2, max = 65536) int hiddenDim,
    @Option(value = "Width before the prototypes", min = 2, max = 65536) int bottleneckDim,
    @Option(value = "Layers of the projector", min = 1, max = 10) int projectionNumLayers,
    @Option("Batch normalisation in the projector") boolean useBnInHead,
    @Option("Prototypes have length one") boolean normLastLayer,
    @Option(value = "Epochs at first that leave the prototypes alone", min = 0, max = 1e6)
        double freezeLastLayerEpochs,
    @Option(value = "Softmax temperature of the student", min = 0.001, max = 100)
        double tempStudent,
    @Option(
            value = "Softmax temperature of the teacher; below the student's, or nothing is learnt",
            min = 0.001,
            max = 100)
        double tempTeacher,
    @Option(value = "The same at first", min = 0.001, max = 100) double warmupTempTeacher,
    @Option(value = "Epochs from the first to the other", min = 0, max = 1e6)
        double warmupTempTeacherEpochs,
    @Option(value = "Share of the teacher's centre that a batch leaves", min = 0, max = 1)
        double centerMomentum,
    TeacherOptions teacher,
    MultiCropOptions crops,
    ViewOptions views) {

  public static final DinoConfig DEFAULTS =
      new DinoConfig(
          65536,
          2048,
          256,
          3,
          false,
          true,
          1,
          0.1,
          0.07,
          0.04,
          30,
          0.9,
          new TeacherOptions(0.996, 1),
          new MultiCropOptions(8, 0, 0.05, 0.4),
          new ViewOptions(1, 0.4, true, Interpolation.BICUBIC));

  public DinoConfig {
    RecordOptions.check(
        DinoConfig.class,
        projectionDim,
        hiddenDim,
        bottleneckDim,
        projectionNumLayers,
        useBnInHead,
        normLastLayer,
        freezeLastLayerEpochs,
        tempStudent,
        tempTeacher,
        warmupTempTeacher,
        warmupTempTeacherEpochs,
        centerMomentum,
        teacher,
        crops,
        views);
  }
}
