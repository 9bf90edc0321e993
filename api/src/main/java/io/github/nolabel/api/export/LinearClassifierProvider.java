package io.github.nolabel.api.export;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;

/** Builds the program of the linear protocol; found by {@link java.util.ServiceLoader}. */
public interface LinearClassifierProvider extends NamedService {

  /**
   * A program over {@link io.github.nolabel.api.export.ProbeInputs}, where the images are features,
   * float[N, featureWidth]. Its evaluation model maps features to logits, float[N, classes].
   *
   * @param views how the frozen network sees the images
   */
  TrainingRecipe classifier(int featureWidth, int classes, InputPlan views, RunSpec run);
}
