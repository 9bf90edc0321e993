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
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Predicts a slowly moving teacher's view of an image from the student's view of the other. */
record ByolObjective(ByolConfig config, Backbone backbone, RunSpec run) implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());

    Fragment encoder = backbone.then("projector", head(backbone.featureWidth()));
    TensorFunction student = encoder.attach(step.scope("student"));
    TensorFunction predictor = head(config.projectionDim()).attach(step.scope("predictor"));
    TensorFunction teacher =
        encoder.attach(MeanTeacher.of(step, "teacher", "student", config.teacher().momentum(run)));

    Ops g = step.ops("loss");
    Value embedding1 = student.apply(view1);
    Value embedding2 = student.apply(view2);
    Monitors.embeddings(step, embedding1, embedding2);
    return g.add(
        Distance.normalised(g, predictor.apply(embedding1), teacher.apply(view2)),
        Distance.normalised(g, predictor.apply(embedding2), teacher.apply(view1)));
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }

  @Override
  public List<String> networks() {
    return List.of("student", "teacher");
  }

  private Mlp head(int inputWidth) {
    return Mlp.of(
        inputWidth, Mlp.Layer.hidden(config.hiddenDim()), Mlp.Layer.linear(config.projectionDim()));
  }
}
