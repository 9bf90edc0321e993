package io.github.nolabel.methods.multimodal.uniter;

import com.google.inject.Inject;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.uniter.UniterPass.Outcome;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One transformer reads words and regions, and learns by one task per step. */
record UniterObjective(UniterConfig config, UniterNetwork network, TextEncoder text, RunSpec run)
    implements Objective {

  private static final String IMAGE = "image";
  private static final String CAPTION = "caption";

  @Inject
  UniterObjective(UniterConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, UniterNetwork.of(config, backbone, text), text, run);
  }

  @Override
  public Value loss(StepGraph step) {
    UniterNetwork.Attached attached = network.attach(step.scope(UniterNetwork.SCOPE));
    Value features = attached.regions().apply(step.view(IMAGE, network.backbone().inputShape()));
    Ops g = step.ops("loss");
    Captions captions = Captions.own(g, step.input(caption()), step.input(mask()));
    Value key = step.graph().input(RandomOps.KEY, ElementType.INT64, Shape.of());
    UniterPass pass = new UniterPass(g, config, text.vocabulary(), attached, key);
    return switch (config.tasks()) {
      case RANDOM -> drawn(step, pass, captions, features);
      case ALL -> all(step, pass, captions, features);
    };
  }

  private static Value drawn(StepGraph step, UniterPass pass, Captions captions, Value features) {
    Ops g = pass.g();
    Value number = Task.draw(g, pass.key());
    step.monitor("task", g.cast(number, ElementType.FLOAT));
    Map<Task, Outcome> outcomes = pass.apply(captions, features, number);
    Value loss = g.constant(0);
    for (Task task : Task.values()) {
      Outcome outcome = of(outcomes, task);
      Value drawn = task.is(g, number);
      sorted(outcome).forEach((name, value) -> RecentMean.report(step, name, value, drawn));
      loss = g.where(drawn, outcome.loss(), loss);
    }
    return loss;
  }

  private static Value all(StepGraph step, UniterPass pass, Captions captions, Value features) {
    Ops g = pass.g();
    Value loss = g.constant(0);
    for (Task task : Task.values()) {
      Outcome outcome = of(pass.apply(captions, features, task.number(g)), task);
      sorted(outcome).forEach(step::monitor);
      loss = g.add(loss, outcome.loss());
    }
    return loss;
  }

  private static Outcome of(Map<Task, Outcome> outcomes, Task task) {
    return Objects.requireNonNull(outcomes.get(task));
  }

  /** In an order that does not change from run to run. */
  private static Map<String, Value> sorted(Outcome outcome) {
    return new TreeMap<>(outcome.numbers());
  }

  @Override
  public InputPlan inputs() {
    View view =
        new View(
            IMAGE, run.imageSize(), List.of(RandomResizedCrop.scale(config.minCropScale(), 1)));
    return new InputPlan(
        List.of(new Input.Image(view), caption(), mask()), Preprocessing.standard(run.imageSize()));
  }

  private Input.Text caption() {
    return new Input.Text(CAPTION, "text", text.length());
  }

  private Input.Mask mask() {
    return Input.Mask.of(CAPTION + "_mask", caption());
  }

  @Override
  public List<Cut> cuts() {
    return network.cuts();
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }
}
