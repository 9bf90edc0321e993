package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** A prediction from one view finds the teacher's view of the same image among the batch's. */
record MoCoV3Objective(MoCoV3Config config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  /** Every view passes alone and has batch statistics of its own. */
  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());

    Fragment encoder =
        backbone.then("projector", head(backbone.featureWidth(), config.projectionNumLayers()));
    TensorFunction student = encoder.attach(step.scope("student"));
    TensorFunction predictor = head(config.projectionDim(), 2).attach(step.scope("predictor"));
    TensorFunction teacher =
        encoder.attach(MeanTeacher.of(step, "teacher", "student", config.teacher().momentum(run)));

    Ops g = step.ops("loss");
    Value embedding1 = student.apply(view1);
    Value embedding2 = student.apply(view2);
    Monitors.embeddings(step, embedding1, embedding2);
    InfoNce infoNce = new InfoNce(config.temperature());
    Value both =
        g.add(
            infoNce.amongBatch(g, predictor.apply(embedding1), teacher.apply(view2)),
            infoNce.amongBatch(g, predictor.apply(embedding2), teacher.apply(view1)));
    return g.mul(both, 2 * config.temperature());
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.byol(run.imageSize(), config.views());
  }

  @Override
  public List<String> networks() {
    return List.of("student", "teacher");
  }

  /** The last layer is normalised without gain and bias. */
  private Mlp head(int inputWidth, int layers) {
    return Mlp.deep(
        inputWidth,
        layers,
        Mlp.Layer.hidden(config.hiddenDim()),
        new Mlp.Layer(config.projectionDim(), Mlp.Norm.BATCH_PLAIN, Activation.NONE));
  }
}
