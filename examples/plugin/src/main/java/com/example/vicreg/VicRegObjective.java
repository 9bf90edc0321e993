package com.example.vicreg;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Two views agree, every feature varies, and no two features say the same. */
record VicRegObjective(VicRegConfig config, Backbone backbone, RunSpec run) implements ImageObjective {

  @Override
  public Value loss(StepGraph step) {
    int width = config.projectionDim();
    Mlp projector = Mlp.twoLayers(backbone.featureWidth(), width, width);
    TensorFunction student =
        backbone.then("projector", projector).attach(step.scope("student"));
    TwoViews views = TwoViews.of(step, backbone.inputShape());
    TwoViews embeddings = views.alone(student).monitored(step);
    Value one = embeddings.first();
    Value other = embeddings.second();

    Ops g = step.ops("loss");
    Value apart = g.sub(one, other);
    Value invariance = g.reduceMean(g.mul(apart, apart), false);
    return g.add(
        g.mul(invariance, config.invariance()), g.add(regular(g, one), regular(g, other)));
  }

  /** The variance and the covariance term of one view, float[]. */
  private Value regular(Ops g, Value z) {
    Value centred = g.sub(z, g.reduceMean(z, true, 0));
    Value count = g.sub(g.elementCount(g.reduceMean(z, false, 1)), g.constant(1));
    Value squares = g.div(g.reduceSum(g.mul(centred, centred), false, 0), count);
    Value spread = g.reduceMean(Hinge.of(g, g.sqrt(g.add(squares, g.constant(1e-4))), 1), false);
    Value scatter = g.div(g.matMul(g.transposeMatrix(centred), centred), count);
    Value all = g.reduceSum(g.mul(scatter, scatter), false);
    Value shared = g.sub(all, g.reduceSum(g.mul(squares, squares), false));
    return g.add(
        g.mul(spread, config.variance() / 2),
        g.mul(shared, config.covariance() / config.projectionDim()));
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }
}
