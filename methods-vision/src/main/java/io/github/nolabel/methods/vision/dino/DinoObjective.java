package io.github.nolabel.methods.vision.dino;

import com.google.inject.Inject;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.SwappedPrediction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.mechanism.RunningCenter;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.recipe.MultiCrop;
import io.github.nolabel.recipe.ViewPlans;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.stream.Stream;

/** Every crop distributes itself over prototypes as a sharpened, centred teacher does another. */
record DinoObjective(DinoConfig config, Backbone backbone, RunSpec run) implements Objective {

  @Inject
  DinoObjective {}

  @Override
  public Value loss(StepGraph step) {
    MultiCrop crops = crops();
    List<Value> globals = crops.globals(step);
    List<Value> locals = crops.locals(step);
    DinoHead head = new DinoHead(config, backbone.featureWidth());
    Scope fast = step.scope("student");
    TensorFunction network = backbone.attach(fast);
    TensorFunction student = head.attach(fast);
    Scope slow = MeanTeacher.of(step, "teacher", "student", config.teacher().momentum(run));
    TensorFunction teacher = backbone.attach(slow).andThen(head.attach(slow));
    step.freeze("student/prototypes", run.stepsOf(config.freezeLastLayerEpochs()));

    Ops g = step.ops("loss");
    Value all = student.apply(MultiCrop.features(g, network, List.of(globals, locals)));
    List<Value> like = Stream.of(globals, locals).flatMap(List::stream).toList();
    List<Value> scores = g.splitLike(all, 0, like);
    List<Value> targets = targets(step, teacher.apply(g.concat(0, globals)), globals);
    Monitors.entropy(step, "teacher_entropy", targets.get(0));
    Monitors.entropy(
        step, "student_entropy", g.softmax(g.mul(scores.get(0), 1 / config.tempStudent()), -1));
    return new SwappedPrediction(config.tempStudent()).apply(g, targets, scores);
  }

  /** The teacher's centred and sharpened distributions, float[N, K] per large crop. */
  private List<Value> targets(StepGraph step, Value outputs, List<Value> globals) {
    Ops g = step.ops("targets");
    RunningCenter center =
        RunningCenter.of(step, "center", config.projectionDim(), config.centerMomentum());
    center.observe(outputs);
    Value temperature = step.scheduled("teacher_temperature", teacherTemperature());
    Value sharpened = g.div(g.sub(outputs, center.value()), temperature);
    return g.splitLike(g.softmax(sharpened, -1), 0, globals);
  }

  private Schedule teacherTemperature() {
    long warmup = Math.max(1, run.stepsOf(config.warmupTempTeacherEpochs()));
    return Schedule.linear(config.warmupTempTeacher(), config.tempTeacher(), warmup);
  }

  @Override
  public InputPlan inputs() {
    int size = run.imageSize();
    InputPlan globals =
        ViewPlans.two(
            size,
            Augmentations.byolFirst(size, config.views()),
            Augmentations.byolSecond(size, config.views()));
    return crops().plan(globals, Augmentations.byolLocal(size, config.views()));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, "teacher", backbone),
        new Cut(BackboneExporter.BACKBONE, "student", backbone));
  }

  private MultiCrop crops() {
    return new MultiCrop(config.crops(), backbone, run);
  }
}
