package io.github.nolabel.methods.multimodal.clip;

import com.google.inject.Inject;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.PairContrast;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.LearntTemperature;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.monitor.Monitors;
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
    Value scale = LearntTemperature.scale(step, config.scale(), 1e-2, 100);

    Ops g = step.ops("loss");
    Value cosines = g.matMul(Vectors.unit(g, images), g.transposeMatrix(Vectors.unit(g, texts)));
    Value logits = g.mul(cosines, scale);
    Monitors.pairs(step, images, texts, logits);
    return config.useSiglip()
        ? PairContrast.sigmoid(g, g.add(logits, bias(step)))
        : PairContrast.softmax(g, logits);
  }

  private Value bias(StepGraph step) {
    return step.scope("temperature").bias("bias", Shape.of(), Initializer.constant(config.bias()));
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
