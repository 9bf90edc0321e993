package io.github.nolabel.benchmarks;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** A student that learns its teacher's features of the other view: the least that has a teacher. */
record Twins(Backbone backbone, int imageSize, double momentum) implements Objective {

  @Override
  public Value loss(StepGraph step) {
    Value view1 = step.view("view_1", backbone.inputShape());
    Value view2 = step.view("view_2", backbone.inputShape());
    Value mine = backbone.attach(step.scope("student")).apply(view1);
    Value theirs =
        backbone
            .attach(MeanTeacher.of(step, "teacher", "student", Schedule.constant(momentum)))
            .apply(view2);
    Ops g = step.ops("loss");
    Value apart = g.sub(mine, theirs);
    return g.reduceMean(g.mul(apart, apart), false);
  }

  @Override
  public InputPlan inputs() {
    return InputPlan.ofViews(
        List.of(new View("view_1", imageSize, List.of()), new View("view_2", imageSize, List.of())),
        Preprocessing.standard(imageSize));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(new Cut(BackboneExporter.BACKBONE, "student", backbone));
  }
}
