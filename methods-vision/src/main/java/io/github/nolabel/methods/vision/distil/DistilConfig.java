package io.github.nolabel.methods.vision.distil;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.recipe.FrozenTeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of distillation; {@code queue} is SEED (Fang et al. 2021, arXiv 2101.04731). */
public record DistilConfig(
    FrozenTeacherOptions teacher,
    @Option("What is compared: similarities to a queue of the teacher's features, or directions")
        Comparison comparison,
    @Option(value = "Earlier features of the teacher that are kept", min = 1, max = 1 << 22)
        int queueSize,
    @Option(value = "Softmax temperature of the teacher's similarities", min = 0.001, max = 100)
        double teacherTemperature,
    @Option(value = "Softmax temperature of the student's similarities", min = 0.001, max = 100)
        double studentTemperature,
    @Option(value = "Layers from the student's feature to the teacher's width", min = 1, max = 4)
        int projectionNumLayers,
    @Option(value = "Hidden width of the projector; 0 takes the backbone's", min = 0, max = 65536)
        int hiddenDim,
    ViewOptions views) {

  public static final DistilConfig DEFAULTS =
      new DistilConfig(
          FrozenTeacherOptions.DEFAULTS,
          Comparison.QUEUE,
          65536,
          0.01,
          0.2,
          2,
          0,
          ViewOptions.FIFTH);

  /** What of the student is brought close to the teacher. */
  public enum Comparison {
    QUEUE,
    COSINE
  }
}
