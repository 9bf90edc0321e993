package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.input.InputPlan;
import java.util.List;

/**
 * A method, ready to run: a program, the controllers around its steps, and what it reads.
 *
 * @param frozen which of the numbers among its inputs are computed once for every image
 */
public record TrainingRecipe(
    TrainingProgram program,
    List<Controller> controllers,
    InputPlan inputs,
    List<FrozenFeatures> frozen) {

  public TrainingRecipe {
    controllers = List.copyOf(controllers);
    frozen = List.copyOf(frozen);
  }

  /** Nothing is computed before the first step. */
  public TrainingRecipe(TrainingProgram program, List<Controller> controllers, InputPlan inputs) {
    this(program, controllers, inputs, List.of());
  }
}
