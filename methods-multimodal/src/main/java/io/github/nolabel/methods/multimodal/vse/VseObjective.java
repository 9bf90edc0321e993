package io.github.nolabel.methods.multimodal.vse;

import com.google.inject.Inject;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.AdaptiveContrast;
import io.github.nolabel.fragment.loss.MarginRanking;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.RegionTower;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Images and captions are nearer to each other than to their hardest rivals in the batch. */
record VseObjective(VseConfig config, TwoTowers towers, RunSpec run) implements Objective {

  @Inject
  VseObjective(VseConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, new TwoTowers(backbone, text, config.projection(), config.pooling()), run);
  }

  @Override
  public Value loss(StepGraph step) {
    Value images = images(step);
    Value texts = towers.textTower(step.scope("text")).apply(towers.ids(step), towers.mask(step));

    Ops g = step.ops("loss");
    Value cosines = g.matMul(Vectors.unit(g, images), g.transposeMatrix(Vectors.unit(g, texts)));
    Monitors.pairs(step, images, texts, g.mul(cosines, 1 / AdaptiveContrast.TEMPERATURE));
    return switch (config.objective()) {
      case ADAPTIVE -> adaptive(step, g, cosines);
      case MAX_VIOLATION -> maxViolation(step, g, cosines);
    };
  }

  private Value images(StepGraph step) {
    Scope scope = step.scope(TwoTowers.IMAGE);
    return config.regions().areRead()
        ? regionTower()
            .attach(scope)
            .apply(step.input(config.regions().regions()), step.input(config.regions().mask()))
        : towers.imageTower().attach(scope).apply(towers.image(step));
  }

  private RegionTower regionTower() {
    return new RegionTower(config.regions(), config.projection().embedDim());
  }

  private Value adaptive(StepGraph step, Ops g, Value cosines) {
    AdaptiveContrast contrast = new AdaptiveContrast(config.margin(), config.scale());
    step.monitor("negatives", contrast.negatives(g, cosines));
    return contrast.apply(g, cosines);
  }

  private Value maxViolation(StepGraph step, Ops g, Value cosines) {
    MarginRanking ranking = new MarginRanking(config.margin());
    Value worst = ranking.maxViolation(g, cosines);
    Value all = ranking.sumOfHinges(g, cosines);
    Value share = step.scheduled("max_violation_share", share());
    return g.add(all, g.mul(share, g.sub(worst, all)));
  }

  private Schedule share() {
    return Schedule.constant(0).thenFrom(run.stepsOf(config.warmupEpochs()), Schedule.constant(1));
  }

  @Override
  public InputPlan inputs() {
    if (config.regions().areRead()) {
      return towers.plan(config.regions(), Preprocessing.standard(run.imageSize()));
    }
    return towers.plan(
        List.of(RandomResizedCrop.scale(config.minCropScale(), 1)),
        Preprocessing.standard(run.imageSize()));
  }

  @Override
  public List<Cut> cuts() {
    return config.regions().areRead()
        ? List.of(regionTower().cut(), towers.textCut())
        : towers.cuts();
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }
}
