package io.github.nolabel.objective;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** The plainest objective: features of length zero. */
record Shrinking(Backbone backbone) implements Objective {

  @Override
  public Value loss(StepGraph step) {
    Value images = step.view("images", backbone.inputShape());
    Ops g = step.ops("loss");
    Value features = backbone.attach(step.scope("student")).apply(images);
    return g.reduceMean(g.mul(features, features), false);
  }

  @Override
  public InputPlan inputs() {
    return InputPlan.ofViews(
        List.of(new View("images", 16, List.of())), Preprocessing.standard(16));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(new Cut("backbone", "student", backbone));
  }
}
