package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.head.Prototypes;
import io.github.nolabel.fragment.loss.Sinkhorn;
import io.github.nolabel.fragment.loss.SwappedPrediction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.AssignmentQueues;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.MultiCrop;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Every crop predicts which prototypes another crop of its image is assigned to. */
record SwavObjective(SwavConfig config, Backbone backbone, RunSpec run) implements ImageObjective {

  @Override
  public Value loss(StepGraph step) {
    MultiCrop.Crops crops = crops().of(step);
    Scope student = step.scope("student");
    TensorFunction network = backbone.attach(student);
    TensorFunction projector = projector().attach(student.child("projector"));
    TensorFunction prototypes =
        new Prototypes(config.projectionDim(), config.numPrototypes(), false)
            .attach(step.scope("prototypes"));
    step.freeze("prototypes", config.freezePrototypesSteps());

    Ops g = step.ops("loss");
    Value all = projector.apply(crops.features(g, network));
    List<Value> embeddings = crops.apart(g, all).subList(0, crops.globals().size());
    List<Value> scores = crops.apart(g, prototypes.apply(all));
    List<Value> targets = queues().of(step, embeddings, scores, prototypes);
    Monitors.embeddings(step, embeddings.get(0), embeddings.get(1));
    Monitors.entropy(step, "assignment_entropy", targets.get(0));
    Monitors.entropy(
        step, "student_entropy", g.softmax(g.mul(scores.get(0), 1 / config.temperature()), -1));
    return new SwappedPrediction(config.temperature()).apply(g, targets, scores);
  }

  @Override
  public InputPlan inputs() {
    int size = run.imageSize();
    List<ViewTransform> transforms = Augmentations.simClr(size, config.views());
    return crops().plan(ViewPlans.twice(size, transforms), transforms);
  }

  private AssignmentQueues queues() {
    int length = config.useTheQueue() ? config.queueLength() : 0;
    long filled = (length + run.batchSize() - 1L) / run.batchSize();
    return new AssignmentQueues(
        new Sinkhorn(config.epsilon(), config.sinkhornIterations()),
        length,
        config.projectionDim(),
        Math.max(run.stepsOf(config.queueStartEpoch()), filled));
  }

  private MultiCrop crops() {
    return new MultiCrop(config.crops(), backbone, run);
  }

  private Mlp projector() {
    return Mlp.of(
        backbone.featureWidth(),
        Mlp.Layer.hidden(config.hiddenDim()),
        Mlp.Layer.linear(config.projectionDim()));
  }
}
