package io.github.nolabel.methods.vision.distil;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.Distance;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.recipe.FrozenTeacher;
import io.github.nolabel.step.StepGraph;

/** Sees in a view what a frozen network sees in it. */
record DistilObjective(DistilConfig config, Backbone backbone, FrozenTeacher teacher)
    implements FrozenTeacher.Student {

  /** The view has the larger of the two sizes; the other network reads it shrunk. */
  @Override
  public Value loss(StepGraph step) {
    Value view = teacher.view(step);
    Ops g = step.ops("loss");
    Value seen = teacher.forStudent(g, view);
    Value student =
        backbone.then("projector", projector()).attach(step.scope("student")).apply(seen);
    Value target = Vectors.unit(g, teacher.features(step, view));
    Monitors.embeddings(step, student, target);
    return switch (config.comparison()) {
      case COSINE -> Distance.cosine(g, student, target);
      case QUEUE -> {
        Value earlier = EmbeddingQueue.earlier(step, "queue", config.queueSize(), target);
        yield config.similarity().of(g, student, target, earlier);
      }
    };
  }

  @Override
  public InputPlan inputs() {
    return teacher.moCo(config.views());
  }

  private Mlp projector() {
    return Mlp.deep(
        backbone.featureWidth(),
        config.projectionNumLayers(),
        Mlp.Layer.relu(backbone.hiddenWidth(config.hiddenDim())),
        Mlp.Layer.linear(teacher.featureWidth()));
  }
}
