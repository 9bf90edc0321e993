package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.TeacherObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** A prediction from one view finds the teacher's view of the same image among the batch's. */
record MoCoV3Objective(MoCoV3Config config, Backbone backbone, RunSpec run)
    implements TeacherObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    Fragment encoder =
        backbone.then("projector", head(backbone.featureWidth(), config.projectionNumLayers()));
    TensorFunction student = encoder.attach(step.scope("student"));
    TensorFunction predictor = head(config.projectionDim(), 2).attach(step.scope("predictor"));
    TensorFunction teacher = encoder.attach(config.teacher().scope(step, run));

    Ops g = step.ops("loss");
    InfoNce contrast = config.contrast();
    TwoViews embeddings = views.alone(student).monitored(step);
    Value both =
        embeddings.crosswise(
            g,
            views,
            (mine, other) -> contrast.amongBatch(g, predictor.apply(mine), teacher.apply(other)));
    return g.mul(both, 2 * contrast.temperature());
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }

  /** The last layer is normalised without gain and bias. */
  private Mlp head(int inputWidth, int layers) {
    return Mlp.deep(
        inputWidth,
        layers,
        Mlp.Layer.hidden(config.hiddenDim()),
        Mlp.Layer.standardised(config.projectionDim()));
  }
}
