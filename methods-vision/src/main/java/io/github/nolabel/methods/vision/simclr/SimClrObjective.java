package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Finds the other view of an image among all views of the batch. */
record SimClrObjective(SimClrConfig config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  /** Both views pass through the student as one batch and share its batch statistics. */
  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());
    TensorFunction student = backbone.then("projector", projector()).attach(step.scope("student"));

    Ops g = step.ops("loss");
    Value embeddings = student.apply(g.concat(0, view1, view2));
    List<Value> perView = g.splitLike(embeddings, 0, List.of(view1, view2));
    Monitors.embeddings(step, perView.get(0), perView.get(1));
    return new NtXent(config.temperature()).apply(g, perView.get(0), perView.get(1));
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.twice(run.imageSize(), Augmentations.simClr(run.imageSize(), config.views()));
  }

  @Override
  public List<Cut> cuts() {
    Cut extended =
        new Cut("projector-1", "student", backbone.then("projector", projector().first(1)));
    List<Cut> usual = ImageObjective.super.cuts();
    return config.version() == 1 ? usual : List.of(usual.get(0), extended);
  }

  /** Version 2 goes on from the first projector layer (Chen et al. 2020b, section 3.2). */
  @Override
  public Cut fineTuned() {
    return cuts().get(config.version() - 1);
  }

  private Mlp projector() {
    Mlp.Norm norm = config.projectionBatchNorm() ? Mlp.Norm.BATCH : Mlp.Norm.NONE;
    return Mlp.deep(
        backbone.featureWidth(),
        config.layers(),
        new Mlp.Layer(backbone.featureWidth(), norm, Activation.RELU),
        new Mlp.Layer(config.projectionDim(), norm, Activation.NONE));
  }
}
