package io.github.nolabel.methods.multimodal.clip;

import com.google.inject.Inject;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Images and captions find each other among the batch. */
record ClipObjective(ClipConfig config, TwoTowers towers, RunSpec run) implements Objective {

  @Inject
  ClipObjective(ClipConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, new TwoTowers(backbone, text, config.projection()), run);
  }

  @Override
  public Value loss(StepGraph step) {
    Value images = towers.imageTower().attach(step.scope("image")).apply(towers.image(step));
    Value texts = towers.textTower(step.scope("text")).apply(towers.ids(step), towers.mask(step));
    return config.contrast().loss(step, images, texts);
  }

  @Override
  public InputPlan inputs() {
    return towers.plan(
        List.of(RandomResizedCrop.scale(config.minCropScale(), 1)),
        Preprocessing.standard(run.imageSize()));
  }

  @Override
  public List<Cut> cuts() {
    return towers.cuts();
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }
}
