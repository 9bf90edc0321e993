package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.BatchGroups;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Finds the teacher's view of an image among a queue of the teacher's earlier views of others. */
record MoCoV2Objective(MoCoV2Config config, Backbone backbone, RunSpec run)
    implements ImageObjective {

  MoCoV2Objective {
    Require.that(
        config.batchNormGroups() <= run.batchSize(),
        "batchNormGroups %d is more than the batch's %d images."
            .formatted(config.batchNormGroups(), run.batchSize()));
  }

  @Override
  public Value loss(StepGraph step) {
    BatchGroups groups = new BatchGroups(config.batchNormGroups(), run.batchSize());
    Shape shape = groups.shape(backbone.inputShape());
    Value view1 = step.view("view_1", shape);
    Value view2 = step.view("view_2", shape);

    Ops g = step.ops("loss");
    Fragment encoder = backbone.then("projector", projector());
    TensorFunction student = groups.inOrder(g, encoder.attach(step.scope("student")));
    TensorFunction teacher =
        groups.mixed(
            g,
            encoder.attach(
                MeanTeacher.of(step, "teacher", "student", config.teacher().momentum(run))));
    EmbeddingQueue queue =
        EmbeddingQueue.of(step, "queue", config.queueSize(), config.projectionDim());

    InfoNce infoNce = new InfoNce(config.temperature());
    Value keys2 = Vectors.unit(g, teacher.apply(view2));
    Value queries1 = student.apply(view1);
    Monitors.embeddings(step, queries1, keys2);
    Value forward = infoNce.amongNegatives(g, queries1, keys2, queue.rows());
    if (!config.symmetric()) {
      queue.push(keys2);
      return forward;
    }
    Value keys1 = Vectors.unit(g, teacher.apply(view1));
    Value backward = infoNce.amongNegatives(g, student.apply(view2), keys1, queue.rows());
    queue.push(g.concat(0, keys1, keys2));
    return g.mul(g.add(forward, backward), 0.5);
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.twice(run.imageSize(), Augmentations.moCo(run.imageSize(), config.views()));
  }

  @Override
  public List<String> networks() {
    return List.of("student", "teacher");
  }

  private Mlp projector() {
    int width = config.hiddenDim() > 0 ? config.hiddenDim() : backbone.featureWidth();
    return Mlp.of(
        backbone.featureWidth(),
        new Mlp.Layer(width, Mlp.Norm.NONE, Activation.RELU),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
