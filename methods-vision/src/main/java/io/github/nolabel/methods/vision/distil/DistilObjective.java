package io.github.nolabel.methods.vision.distil;

import com.google.inject.Inject;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Shrinking;
import io.github.nolabel.fragment.loss.Distance;
import io.github.nolabel.fragment.loss.SimilarityDistillation;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.methods.vision.distil.DistilConfig.Comparison;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.FrozenTeacher;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Sees in a view what a frozen network sees in it. */
record DistilObjective(DistilConfig config, Backbone backbone, RunSpec run, FrozenTeacher teacher)
    implements ImageObjective {

  @Inject
  DistilObjective(DistilConfig config, Backbone backbone, RunSpec run) {
    this(config, backbone, run, config.teacher().read());
  }

  /** The view has the larger of the two sizes; the other network reads it shrunk. */
  @Override
  public Value loss(StepGraph step) {
    Value view = step.view("view_1", Shape.batched(3, viewSize(), viewSize()));
    Ops g = step.ops("loss");
    Value seen = new Shrinking(viewSize(), run.imageSize()).of(g, view);
    Value student =
        backbone.then("projector", projector()).attach(step.scope("student")).apply(seen);
    Value target =
        Vectors.unit(
            g,
            teacher.features(step, view, backbone.normalisation().orElse(Normalisation.IMAGENET)));
    Monitors.embeddings(step, student, target);
    return config.comparison() == Comparison.COSINE
        ? Distance.cosine(g, student, target)
        : amongEarlier(step, g, student, target);
  }

  private Value amongEarlier(StepGraph step, Ops g, Value student, Value target) {
    EmbeddingQueue queue =
        EmbeddingQueue.of(step, "queue", config.queueSize(), teacher.featureWidth());
    queue.push(target);
    return new SimilarityDistillation(config.teacherTemperature(), config.studentTemperature())
        .of(g, student, target, queue.rows());
  }

  @Override
  public InputPlan inputs() {
    View view = new View("view_1", viewSize(), Augmentations.moCo(viewSize(), config.views()));
    return InputPlan.ofViews(List.of(view), Preprocessing.standard(run.imageSize()));
  }

  private int viewSize() {
    return Math.max(run.imageSize(), teacher.size());
  }

  private Mlp projector() {
    int width = config.hiddenDim() > 0 ? config.hiddenDim() : backbone.featureWidth();
    return Mlp.deep(
        backbone.featureWidth(),
        config.projectionNumLayers(),
        new Mlp.Layer(width, Mlp.Norm.NONE, Activation.RELU),
        Mlp.Layer.linear(teacher.featureWidth()));
  }
}
