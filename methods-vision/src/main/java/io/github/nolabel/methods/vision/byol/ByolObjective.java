package io.github.nolabel.methods.vision.byol;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.Distance;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.TeacherObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Predicts a slowly moving teacher's view of an image from the student's view of the other. */
record ByolObjective(ByolConfig config, Backbone backbone, RunSpec run)
    implements TeacherObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    Fragment encoder = backbone.then("projector", head(backbone.featureWidth()));
    TensorFunction student = encoder.attach(step.scope("student"));
    TensorFunction predictor = head(config.projectionDim()).attach(step.scope("predictor"));
    TensorFunction teacher = encoder.attach(config.teacher().scope(step, run));

    Ops g = step.ops("loss");
    TwoViews embeddings = views.alone(student).monitored(step);
    return embeddings.crosswise(
        g,
        views,
        (mine, other) -> Distance.normalised(g, predictor.apply(mine), teacher.apply(other)));
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }

  private Mlp head(int inputWidth) {
    return Mlp.twoLayers(inputWidth, config.hiddenDim(), config.projectionDim());
  }
}
