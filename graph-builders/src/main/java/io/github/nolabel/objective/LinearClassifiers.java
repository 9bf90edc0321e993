package io.github.nolabel.objective;

import io.github.nolabel.api.export.LinearClassifierProvider;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.layer.Dense;
import java.util.List;

/** Registers the linear classifier. */
public final class LinearClassifiers implements LinearClassifierProvider {

  /** The scope of a classifier's parameters. */
  static final String SCOPE = "classifier";

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public TrainingRecipe classifier(int featureWidth, int classes, InputPlan inputs, RunSpec run) {
    Cut cut = new Cut(SCOPE, SCOPE, fresh(featureWidth, classes));
    InputPlan features =
        new InputPlan(
            List.of(
                new Input.Numbers(ProbeInputs.IMAGES, featureWidth),
                new Input.Label(ProbeInputs.LABELS)),
            inputs.evaluation());
    return new TrainingCompiler(run).compile(new ClassifierObjective(cut, features));
  }

  /** Small random weights, so that no class is preferred at first. */
  static Dense fresh(int featureWidth, int classes) {
    return new Dense(featureWidth, classes, true, Dense.Weights.TRANSFORMER);
  }
}
