package io.github.nolabel.api.export;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.view.Preprocessing;
import java.util.Map;

/** Puts a fresh classifier on a trained network and builds the program that trains both. */
public interface ClassifierBuilder {

  /** Where the classifier is put unless somebody says otherwise: a cut of the network. */
  String defaultCut();

  /** How the network sees images when nothing is random. */
  Preprocessing preprocessing();

  /**
   * A program over {@link ProbeInputs}: batch normalisation is in training mode, all weights up to
   * the cut start from {@code state}, the classifier's from the seed. Its evaluation model maps
   * images to logits, float[N, classes].
   *
   * @param state values by state tensor's name; names that the cut does not need are ignored
   * @param views one view, of the training images
   * @param run steps, optimizer, schedule and seed of the fine-tuning
   * @throws io.github.nolabel.api.UserMistake if the cut is unknown or a tensor is missing
   */
  TrainingRecipe fineTuning(
      Map<String, Tensor> state, String cut, int classes, InputPlan views, RunSpec run);
}
