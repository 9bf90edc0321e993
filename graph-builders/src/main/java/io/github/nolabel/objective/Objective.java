package io.github.nolabel.objective;

import io.github.nolabel.api.view.ViewPlan;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** What a method is, once its configuration is chosen: a loss to build and the parts around it. */
public interface Objective {

  /**
   * Builds the forward graph and returns its loss, float[]. Mechanisms, schedules and what is to be
   * monitored are declared on the way. Called once per graph.
   */
  Value loss(StepGraph step);

  /** What it wants to see of every image. */
  ViewPlan views();

  /** What is evaluated and exported, the default first; see {@link Cut}. */
  List<Cut> cuts();
}
