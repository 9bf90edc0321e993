package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.SwappedPrediction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.MultiCrop;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Every crop distributes itself over prototypes as a sharpened, centred teacher does another. */
record DinoObjective(DinoConfig config, Backbone backbone, RunSpec run, MultiCrop multiCrop)
    implements ImageObjective {

  @Override
  public Value loss(StepGraph step) {
    MultiCrop.Crops crops = multiCrop.of(step);
    Fragment head = config.head().over(backbone.featureWidth());
    Scope fast = step.scope("student");
    TensorFunction network = backbone.attach(fast);
    TensorFunction student = head.attach(fast);
    Scope slow = config.teacher().scope(step, run);
    TensorFunction teacher = backbone.attach(slow).andThen(head.attach(slow));
    step.freeze("student/prototypes", run.stepsOf(config.freezeLastLayerEpochs()));

    Ops g = step.ops("loss");
    SwappedPrediction prediction = new SwappedPrediction(config.tempStudent());
    List<Value> scores = crops.apart(g, student.apply(crops.features(g, network)));
    Value outputs = teacher.apply(g.concat(0, crops.globals()));
    Value centred = config.targets().of(step, run, outputs);
    List<Value> targets = step.ops("targets").splitLike(centred, 0, crops.globals());
    Monitors.entropy(step, "teacher_entropy", targets.get(0));
    Monitors.entropy(step, "student_entropy", prediction.distribution(g, scores.get(0)));
    return prediction.apply(g, targets, scores);
  }

  @Override
  public InputPlan inputs() {
    return multiCrop.byol(config.views());
  }

  @Override
  public List<String> networks() {
    return List.of("teacher", "student");
  }
}
