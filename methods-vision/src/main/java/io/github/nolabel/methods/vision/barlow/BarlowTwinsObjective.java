package io.github.nolabel.methods.vision.barlow;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.BarlowTwinsLoss;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Two views of an image should agree feature by feature, and features should not repeat. */
record BarlowTwinsObjective(BarlowTwinsConfig config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());
    TensorFunction student = backbone.then("projector", projector()).attach(step.scope("student"));

    Value embedding1 = student.apply(view1);
    Value embedding2 = student.apply(view2);
    Monitors.embeddings(step, embedding1, embedding2);
    return new BarlowTwinsLoss(config.lambdaParam(), config.lossScale(), config.hsic())
        .apply(step.ops("loss"), embedding1, embedding2);
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }

  private Mlp projector() {
    return Mlp.deep(
        backbone.featureWidth(),
        config.projectionNumLayers(),
        Mlp.Layer.hidden(config.hiddenDim()),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
