package io.github.nolabel.methods.vision.distil;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.loss.SimilarityDistillation;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.recipe.FrozenTeacherOptions;
import io.github.nolabel.recipe.ViewOptions;

/** Options of distillation; {@code queue} is SEED (Fang et al. 2021, arXiv 2101.04731). */
public record DistilConfig(
    FrozenTeacherOptions teacher,
    @Option("What is compared: similarities to a queue of the teacher's features, or directions")
        Comparison comparison,
    @Option.Rows("Earlier features of the teacher that are kept") int queueSize,
    SimilarityDistillation similarity,
    @Option(value = "Layers from the student's feature to the teacher's width", min = 1, max = 4)
        int projectionNumLayers,
    @Option.HiddenWidth("Hidden width of the projector; 0 takes the backbone's") int hiddenDim,
    ViewOptions views) {

  public static final DistilConfig DEFAULTS =
      new DistilConfig(
          FrozenTeacherOptions.DEFAULTS,
          Comparison.QUEUE,
          65536,
          new SimilarityDistillation(0.01, 0.2),
          2,
          0,
          ViewOptions.FIFTH);

  public static final MethodRow<DistilConfig> METHOD =
      MethodRow.of(
          "distil",
          "Distillation (SEED, Fang et al. 2021): a student learns from a frozen network of any ONNX file",
          DEFAULTS,
          DistilObjective.class);

  /** What of the student is brought close to the teacher. */
  public enum Comparison {
    QUEUE,
    COSINE
  }
}
