package io.github.nolabel.runs.model;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.inference.ModelCard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one must know to go on training with artifacts, and what they leave out.
 *
 * @param learningRate the peak of the run's schedule
 * @param steps updates of the run that the schedules were made for
 */
public record ArtifactCard(
    ModelCard backbone,
    TrainingArtifacts artifacts,
    OptimizerConfig optimizer,
    double learningRate,
    long steps) {

  private static final List<String> EVERY_STEP =
      List.of(
          "LazyResetGrad, then TrainStep with the inputs in their order",
          "stop if the loss is not finite",
          "SetLearningRate, then OptimizerStep");

  private static final List<String> LEFT_OUT =
      List.of(
          "the schedules of learning rate and weight decay: learningRate is the peak, weightDecay the start",
          "the augmentation of the views: feed augmented, normalised images",
          "a teacher's last step: it follows the weights as they were before the update",
          "the moments of the run: the optimizer starts afresh",
          "weight decay of weights only: ONNX Runtime decays every trained tensor",
          "the mean over accumulated batches: without LazyResetGrad gradients add up");

  /** As an object for a file beside the artifacts. */
  public Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("training", training());
    described.put("evaluation", signature(artifacts.evaluation().inputs().get(0)));
    described.put("optimizer", update());
    described.put("leftOut", LEFT_OUT);
    described.put("normalisation", normalisation(backbone.preprocessing()));
    described.put("provenance", backbone.provenance());
    return described;
  }

  private Map<String, Object> training() {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("inputs", artifacts.training().inputs().stream().map(this::input).toList());
    training.put("output", artifacts.training().outputs().get(0).toString());
    training.put("everyStep", EVERY_STEP);
    return training;
  }

  private Map<String, Object> input(TensorSpec spec) {
    Map<String, Object> input = signature(spec);
    artifacts.schedules().stream()
        .filter(schedule -> schedule.input().equals(spec.name()))
        .map(ScheduledInput::schedule)
        .forEach(
            schedule -> {
              input.put("first", schedule.at(0));
              input.put("last", schedule.at(steps - 1));
              input.put("steps", steps);
            });
    return input;
  }

  private static Map<String, Object> signature(TensorSpec spec) {
    Map<String, Object> signature = new LinkedHashMap<>();
    signature.put("name", spec.name());
    signature.put("type", spec.type().name().toLowerCase(Locale.ROOT) + spec.shape());
    return signature;
  }

  private Map<String, Object> update() {
    Map<String, Object> update = new LinkedHashMap<>();
    update.put("algorithm", optimizer.algorithm().name());
    update.put("learningRate", learningRate);
    if (!optimizer.algorithm().equals(OptimizerConfig.Algorithm.SGD)) {
      update.put("weightDecay", optimizer.weightDecay());
      update.put("beta1", optimizer.beta1());
      update.put("beta2", optimizer.beta2());
      update.put("epsilon", optimizer.epsilon());
    }
    update.put("clipNorm", optimizer.clipNorm());
    return update;
  }

  private static Map<String, Object> normalisation(Preprocessing preprocessing) {
    Map<String, Object> normalisation = new LinkedHashMap<>();
    normalisation.put("mean", preprocessing.normalisation().mean());
    normalisation.put("std", preprocessing.normalisation().std());
    return normalisation;
  }
}
