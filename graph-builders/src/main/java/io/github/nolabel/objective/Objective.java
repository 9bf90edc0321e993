package io.github.nolabel.objective;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.view.ViewPlan;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Value;
import java.util.List;

/** What a method is, once its configuration is chosen: a loss to build and the parts around it. */
public interface Objective {

  /** Builds the forward graph and returns its loss, float[]. Called once per graph. */
  Value loss(GraphBuilder graph);

  /** What it wants to see of every image. */
  ViewPlan views();

  /** What is evaluated and exported, the default first; see {@link Cut}. */
  List<Cut> cuts();

  /** Decisions around each step beyond those of the optimizer. */
  default List<Controller> controllers() {
    return List.of();
  }
}
