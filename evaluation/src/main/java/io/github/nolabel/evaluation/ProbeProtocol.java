package io.github.nolabel.evaluation;

import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import java.util.List;
import java.util.Map;

/** How a classifier is trained to see what a network has learnt. */
public sealed interface ProbeProtocol permits LinearProbe, FineTuning {

  /** Such as {@code linear}. */
  String name();

  OptimizerConfig.Algorithm optimizer();

  double learningRate();

  double weightDecay();

  double momentum();

  /** See {@link OptimizerConfig#layerDecay}. */
  default double layerDecay() {
    return 1;
  }

  int epochs();

  int batchSize();

  boolean augment();

  double minCropScale();

  double fraction();

  int topK();

  int testEveryEpochs();

  long seed();

  /** The learning rate's way: a cosine from its peak to zero, over all steps. */
  ScheduleConfig schedule(long stepsPerEpoch);

  /** The update rule with its numbers. */
  default OptimizerConfig optimizerConfig() {
    return RecordOptions.override(
        OptimizerConfig.DEFAULTS,
        Map.of(
            "algorithm", optimizer().name(),
            "learningRate", Double.toString(learningRate()),
            "weightDecay", Double.toString(weightDecay()),
            "momentum", Double.toString(momentum()),
            "layerDecay", Double.toString(layerDecay())));
  }

  /** How training images are seen, a random crop and flip or plain, with their labels. */
  default InputPlan inputs(Preprocessing evaluation) {
    List<ViewTransform> transforms =
        augment()
            ? List.of(RandomResizedCrop.scale(minCropScale(), 1), new HorizontalFlip(0.5))
            : List.of();
    return InputPlan.ofViews(
            List.of(new View(ProbeInputs.IMAGES, evaluation.size(), transforms)), evaluation)
        .with(new Input.Label(ProbeInputs.LABELS));
  }
}
