package io.github.nolabel.methods.vision.barlow;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.BarlowTwinsLoss;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Two views of an image should agree feature by feature, and features should not repeat. */
record BarlowTwinsObjective(BarlowTwinsConfig config, Backbone backbone) implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    TensorFunction student = backbone.then("projector", projector()).attach(step.scope("student"));

    TwoViews embeddings = views.alone(student).monitored(step);
    return new BarlowTwinsLoss(config.lambdaParam(), config.lossScale(), config.hsic())
        .apply(step.ops("loss"), embeddings.first(), embeddings.second());
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(backbone.imageSize(), config.views());
  }

  private Mlp projector() {
    return Mlp.deep(
        backbone.featureWidth(),
        config.projectionNumLayers(),
        Mlp.Layer.hidden(config.hiddenDim()),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
