package io.github.nolabel.objective;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
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
  InputPlan views();

  /** What is evaluated and exported, the default first; see {@link Cut}. */
  List<Cut> cuts();

  /** What the cuts read. */
  default Shape evaluationInput() {
    int size = views().evaluation().size();
    return Shape.batched(3, size, size);
  }

  /** What fine-tuning starts from, one of {@link #cuts()}. */
  default Cut fineTuned() {
    return cuts().get(0);
  }
}
