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
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.mechanism.RunningCenter;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.MultiCrop;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Every crop distributes itself over prototypes as a sharpened, centred teacher does another. */
record DinoObjective(DinoConfig config, Backbone backbone, RunSpec run) implements ImageObjective {

  @Override
  public Value loss(StepGraph step) {
    MultiCrop.Crops crops = crops().of(step);
    Fragment head = config.head().over(backbone.featureWidth());
    Scope fast = step.scope("student");
    TensorFunction network = backbone.attach(fast);
    TensorFunction student = head.attach(fast);
    Scope slow = MeanTeacher.of(step, "teacher", "student", config.teacher().momentum(run));
    TensorFunction teacher = backbone.attach(slow).andThen(head.attach(slow));
    step.freeze("student/prototypes", run.stepsOf(config.freezeLastLayerEpochs()));

    Ops g = step.ops("loss");
    List<Value> scores = crops.apart(g, student.apply(crops.features(g, network)));
    List<Value> targets = targets(step, teacher, crops.globals());
    Monitors.entropy(step, "teacher_entropy", targets.get(0));
    Monitors.entropy(
        step, "student_entropy", g.softmax(g.mul(scores.get(0), 1 / config.tempStudent()), -1));
    return new SwappedPrediction(config.tempStudent()).apply(g, targets, scores);
  }

  /** The teacher's centred and sharpened distributions, float[N, K] per large crop. */
  private List<Value> targets(StepGraph step, TensorFunction teacher, List<Value> globals) {
    Value outputs = teacher.apply(step.ops("loss").concat(0, globals));
    Ops g = step.ops("targets");
    RunningCenter center =
        RunningCenter.of(step, "center", config.head().projectionDim(), config.centerMomentum());
    center.observe(outputs);
    Value temperature =
        step.scheduled("teacher_temperature", config.teacherTemperature().schedule(run));
    Value sharpened = g.div(g.sub(outputs, center.value()), temperature);
    return g.splitLike(g.softmax(sharpened, -1), 0, globals);
  }

  @Override
  public InputPlan inputs() {
    int size = run.imageSize();
    return crops()
        .plan(ViewPlans.byol(size, config.views()), Augmentations.byolLocal(size, config.views()));
  }

  @Override
  public List<String> networks() {
    return List.of("teacher", "student");
  }

  private MultiCrop crops() {
    return new MultiCrop(config.crops(), backbone, run);
  }
}
