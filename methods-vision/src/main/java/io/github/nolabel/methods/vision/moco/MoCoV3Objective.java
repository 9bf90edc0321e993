package io.github.nolabel.methods.vision.moco;

import com.google.inject.Inject;
import io.github.nolabel.api.export.BackboneExporter;
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
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A prediction from one view finds the teacher's view of the same image among the batch's. */
record MoCoV3Objective(MoCoV3Config config, Backbone backbone, RunSpec run) implements Objective {

  @Inject
  MoCoV3Objective {}

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
    int size = run.imageSize();
    return ViewPlans.two(
        size,
        Augmentations.byolFirst(size, config.views()),
        Augmentations.byolSecond(size, config.views()));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, "student", backbone),
        new Cut(BackboneExporter.BACKBONE, "teacher", backbone));
  }

  /** The last layer is normalised without gain and bias. */
  private Mlp head(int inputWidth, int layers) {
    List<Mlp.Layer> all =
        new ArrayList<>(Collections.nCopies(layers - 1, Mlp.Layer.hidden(config.hiddenDim())));
    all.add(new Mlp.Layer(config.projectionDim(), Mlp.Norm.BATCH_PLAIN, Activation.NONE));
    return new Mlp(inputWidth, all);
  }
}
