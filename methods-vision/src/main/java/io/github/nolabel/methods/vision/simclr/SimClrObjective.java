package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Finds the other view of an image among all views of the batch. */
record SimClrObjective(SimClrConfig config, Backbone backbone) implements ImageObjective {

  /** Both views pass through the student as one batch and share its batch statistics. */
  @Override
  public Value loss(StepGraph step) {
    var student = backbone.then("projector", projector()).attach(step.scope("student"));
    Ops g = step.ops("loss");
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    TwoViews embeddings = views.together(g, student).monitored(step);
    return config.contrast().apply(g, embeddings.first(), embeddings.second());
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.simClr(backbone.imageSize(), config.views());
  }

  @Override
  public List<Cut> cuts() {
    Cut extended = cut("projector-1", backbone.then("projector", projector().first(1)));
    List<Cut> usual = ImageObjective.super.cuts();
    return config.version() == 1 ? usual : List.of(usual.get(0), extended);
  }

  /** Version 2 goes on from the first projector layer (Chen et al. 2020b, section 3.2). */
  @Override
  public Cut fineTuned() {
    return cuts().get(config.version() - 1);
  }

  /** Two layers in version 1, three in version 2, unless said otherwise. */
  private Mlp projector() {
    int usual = config.version() + 1;
    int layers = config.projectionNumLayers() > 0 ? config.projectionNumLayers() : usual;
    Mlp.Layer hidden = Mlp.Layer.relu(backbone.featureWidth());
    Mlp.Layer last = Mlp.Layer.linear(config.projectionDim());
    Mlp plain = Mlp.deep(backbone.featureWidth(), layers, hidden, last);
    return config.projectionBatchNorm() ? plain.normalised() : plain;
  }
}
