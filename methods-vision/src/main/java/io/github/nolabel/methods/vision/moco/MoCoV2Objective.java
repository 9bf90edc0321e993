package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.BatchGroups;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.TeacherObjective;
import io.github.nolabel.recipe.TwoViews;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;

/** Finds the teacher's view of an image among a queue of the teacher's earlier views of others. */
record MoCoV2Objective(MoCoV2Config config, Backbone backbone, RunSpec run)
    implements TeacherObjective {

  MoCoV2Objective {
    Require.that(
        config.batchNormGroups() <= run.batchSize(),
        "batchNormGroups %d is more than the batch's %d images."
            .formatted(config.batchNormGroups(), run.batchSize()));
  }

  @Override
  public Value loss(StepGraph step) {
    BatchGroups groups = new BatchGroups(config.batchNormGroups(), run.batchSize());
    TwoViews views = TwoViews.of(step, groups.shape(backbone.inputShape()));

    Ops g = step.ops("loss");
    Fragment encoder = backbone.then("projector", projector());
    TensorFunction student = groups.inOrder(g, encoder.attach(step.scope("student")));
    TensorFunction teacher = groups.mixed(g, encoder.attach(config.teacher().scope(step, run)));
    EmbeddingQueue queue =
        EmbeddingQueue.of(step, "queue", config.queueSize(), config.projectionDim());

    Value keys2 = Vectors.unit(g, teacher.apply(views.second()));
    Value queries1 = student.apply(views.first());
    Monitors.embeddings(step, queries1, keys2);
    Value forward = config.contrast().amongNegatives(g, queries1, keys2, queue.rows());
    if (!config.symmetric()) {
      queue.push(keys2);
      return forward;
    }
    Value keys1 = Vectors.unit(g, teacher.apply(views.first()));
    Value queries2 = student.apply(views.second());
    Value backward = config.contrast().amongNegatives(g, queries2, keys1, queue.rows());
    queue.push(g.concat(0, keys1, keys2));
    return g.mul(g.add(forward, backward), 0.5);
  }

  @Override
  public InputPlan inputs() {
    return ViewPlans.moCo(run.imageSize(), config.views());
  }

  private Mlp projector() {
    return Mlp.of(
        backbone.featureWidth(),
        Mlp.Layer.relu(backbone.hiddenWidth(config.hiddenDim())),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
