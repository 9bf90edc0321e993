package io.github.nolabel.methods.vision.simsiam;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.Distance;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Predicts one view's embedding from the other's; no gradient flows through what is predicted. */
record SimSiamObjective(SimSiamConfig config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    TensorFunction student = backbone.then("projector", projector()).attach(step.scope("student"));
    TensorFunction predictor = predictor().attach(step.scope("predictor"));
    if (config.fixedPredictorRate()) {
      step.learningRate("predictor", base -> Schedule.constant(run.peakLearningRate()));
    }

    Ops g = step.ops("loss");
    TwoViews embeddings = views.alone(student).monitored(step);
    Value both =
        embeddings.crosswise(
            g, embeddings, (mine, other) -> distance(g, predictor.apply(mine), g.detach(other)));
    return g.mul(both, 0.5);
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.moCo(run.imageSize(), config.views());
  }

  private Value distance(Ops g, Value prediction, Value target) {
    return Distance.negativeCosine(g, prediction, target, config.eps());
  }

  private Mlp projector() {
    return Mlp.deep(
        backbone.featureWidth(),
        config.projectionNumLayers(),
        Mlp.Layer.hidden(backbone.hiddenWidth(config.projectionHiddenDim())),
        Mlp.Layer.standardised(config.projectionDim()));
  }

  private Mlp predictor() {
    int width = config.projectionDim();
    return Mlp.twoLayers(width, config.predictionHiddenDim(), width);
  }
}
