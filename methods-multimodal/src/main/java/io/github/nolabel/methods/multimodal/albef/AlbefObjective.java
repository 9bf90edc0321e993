package io.github.nolabel.methods.multimodal.albef;

import com.google.inject.Inject;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.SoftPairContrast;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TokenMasking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.HardNegatives;
import io.github.nolabel.mechanism.LearntTemperature;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.methods.multimodal.tower.Fusion;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/** Images and captions are aligned, judged as pairs, and hidden words guessed from both. */
record AlbefObjective(AlbefConfig config, TwoTowers towers, TokenMasking masking, RunSpec run)
    implements Objective {

  /** One over the paper's bounds of the temperature, 0.5 and 0.001. */
  private static final double SMALLEST = 2;

  private static final double LARGEST = 1000;

  @Inject
  AlbefObjective(AlbefConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(
        config,
        new TwoTowers(backbone, text, config.projection()),
        new TokenMasking(text.vocabulary(), config.mlmProbability()),
        run);
  }

  @Override
  public Value loss(StepGraph step) {
    Scope text = step.scope(TwoTowers.TEXT);
    AlbefNetworks student =
        AlbefNetworks.attach(towers, fusion(), step.scope(TwoTowers.IMAGE), text);
    AlbefNetworks teacher =
        AlbefNetworks.attach(
            towers, fusion(), teacher(step, TwoTowers.IMAGE), teacher(step, TwoTowers.TEXT));
    Value ids = towers.ids(step);
    Value mask = towers.mask(step);
    AlbefNetworks.Seen seen = student.see(towers.image(step), ids, mask);
    AlbefNetworks.Seen past = teacher.see(towers.image(step), ids, mask);
    Value alpha = step.scheduled("alpha", Schedule.linear(0, config.alpha(), run.stepsPerEpoch()));
    Value scale = LearntTemperature.scale(step, 1 / config.temp(), SMALLEST, LARGEST);

    Ops g = step.ops("loss");
    Value logits = g.mul(g.matMul(seen.image(), g.transposeMatrix(seen.text())), scale);
    Monitors.pairs(step, seen.image(), seen.text(), logits);
    Value itc =
        new Alignment(new SoftPairContrast(scale, alpha), config)
            .loss(step, seen.pairs(), past.pairs());
    HardNegatives negatives = new HardNegatives(logits, HardNegatives.equalRows(g, ids));
    TensorFunction judge =
        PairMatching.judge(towers.text().featureWidth()).attach(PairMatching.scope(text));
    Value itm = new PairMatching(student, judge).loss(step, seen, mask, negatives);
    Value mlm =
        new WordGuessing(student, teacher, masking)
            .loss(step, seen.imageTokens(), past.imageTokens(), ids, mask, alpha);
    return g.add(g.add(itc, itm), mlm);
  }

  private Scope teacher(StepGraph step, String student) {
    return MeanTeacher.of(step, student + "_teacher", student, config.teacher().momentum(run));
  }

  private Fusion fusion() {
    return new Fusion(
        towers.text().featureWidth(), towers.backbone().featureWidth(), config.fusionDepth());
  }

  static Value key(StepGraph step) {
    return step.graph().input(RandomOps.KEY, ElementType.INT64, Shape.of());
  }

  @Override
  public InputPlan inputs() {
    return towers.plan(
        List.of(RandomResizedCrop.scale(config.minCropScale(), 1)),
        Preprocessing.standard(run.imageSize()));
  }

  @Override
  public List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>(towers.cuts());
    cuts.addAll(new PairCuts(towers, fusion()).cuts());
    return cuts;
  }

  @Override
  public List<Cut> evaluated() {
    return towers.cuts();
  }
}
