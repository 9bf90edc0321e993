package io.github.nolabel.objective;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.FrozenFeatures;
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

  /** What it reads of every sample: exactly the data inputs that {@link #loss} declares. */
  InputPlan inputs();

  /** Which numbers among {@link #inputs} are computed once for every image; mostly none. */
  default List<FrozenFeatures> frozen() {
    return List.of();
  }

  /** What is evaluated and exported, the default first; see {@link Cut}. */
  List<Cut> cuts();

  /**
   * What the program evaluates while it trains, the usual one first; each is one of {@link
   * #cuts()}.
   */
  default List<Cut> evaluated() {
    return List.of(cuts().get(0));
  }

  /** The plain images that cuts read which do not say otherwise. */
  default Shape evaluationInput() {
    int size = inputs().evaluation().size();
    return Shape.batched(3, size, size);
  }

  /** What fine-tuning starts from, one of {@link #cuts()}. */
  default Cut fineTuned() {
    return cuts().get(0);
  }
}
