package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.input.InputPlan;
import java.util.List;

/** A method, ready to run: a program, the controllers around its steps, and what it reads. */
public record TrainingRecipe(
    TrainingProgram program, List<Controller> controllers, InputPlan inputs) {

  public TrainingRecipe {
    controllers = List.copyOf(controllers);
  }
}
