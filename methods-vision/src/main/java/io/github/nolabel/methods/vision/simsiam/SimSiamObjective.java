package io.github.nolabel.methods.vision.simsiam;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.loss.Distance;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Predicts one view's embedding from the other's; no gradient flows through what is predicted. */
record SimSiamObjective(SimSiamConfig config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());
    TensorFunction student = backbone.then("projector", projector()).attach(step.scope("student"));
    TensorFunction predictor = predictor().attach(step.scope("predictor"));
    if (config.fixedPredictorRate()) {
      step.learningRate("predictor", base -> Schedule.constant(run.peakLearningRate()));
    }

    Ops g = step.ops("loss");
    Value embedding1 = student.apply(view1);
    Value embedding2 = student.apply(view2);
    Monitors.embeddings(step, embedding1, embedding2);
    Value both =
        g.add(
            distance(g, predictor.apply(embedding1), g.detach(embedding2)),
            distance(g, predictor.apply(embedding2), g.detach(embedding1)));
    return g.mul(both, 0.5);
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.twice(run.imageSize(), Augmentations.moCo(run.imageSize(), config.views()));
  }

  private Value distance(Ops g, Value prediction, Value target) {
    return Distance.negativeCosine(g, prediction, target, config.eps());
  }

  private Mlp projector() {
    int feature = backbone.featureWidth();
    int width = config.projectionHiddenDim() > 0 ? config.projectionHiddenDim() : feature;
    return Mlp.deep(
        feature,
        config.projectionNumLayers(),
        Mlp.Layer.hidden(width),
        new Mlp.Layer(config.projectionDim(), Mlp.Norm.BATCH_PLAIN, Activation.NONE));
  }

  private Mlp predictor() {
    return Mlp.of(
        config.projectionDim(),
        Mlp.Layer.hidden(config.predictionHiddenDim()),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
