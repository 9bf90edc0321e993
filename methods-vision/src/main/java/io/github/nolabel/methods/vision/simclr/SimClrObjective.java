package io.github.nolabel.methods.vision.simclr;

import com.google.inject.Inject;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/** Finds the other view of an image among all views of the batch. */
record SimClrObjective(SimClrConfig config, Backbone backbone, RunSpec run) implements Objective {

  @Inject
  SimClrObjective {}

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
    int size = run.imageSize();
    List<ViewTransform> transforms = Augmentations.simClr(size, config.views());
    return InputPlan.ofViews(
        List.of(new View("view_1", size, transforms), new View("view_2", size, transforms)),
        Preprocessing.standard(size));
  }

  @Override
  public List<Cut> cuts() {
    List<Cut> cuts =
        new ArrayList<>(List.of(new Cut(BackboneExporter.BACKBONE, "student", backbone)));
    if (config.version() == 2) {
      cuts.add(new Cut("projector-1", "student", backbone.then("projector", projector().first(1))));
    }
    return List.copyOf(cuts);
  }

  /** Version 2 goes on from the first projector layer (Chen et al. 2020b, section 3.2). */
  @Override
  public Cut fineTuned() {
    return cuts().get(config.version() - 1);
  }

  private Mlp projector() {
    Mlp.Norm norm = config.projectionBatchNorm() ? Mlp.Norm.BATCH : Mlp.Norm.NONE;
    List<Mlp.Layer> layers = new ArrayList<>();
    for (int layer = 1; layer < config.layers(); layer++) {
      layers.add(new Mlp.Layer(backbone.featureWidth(), norm, Activation.RELU));
    }
    layers.add(new Mlp.Layer(config.projectionDim(), norm, Activation.NONE));
    return new Mlp(backbone.featureWidth(), layers);
  }
}
