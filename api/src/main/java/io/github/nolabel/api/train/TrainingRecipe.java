package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.view.ViewPlan;
import java.util.List;

/** A method, ready to run: a program, the controllers around its steps, and the views it wants. */
public record TrainingRecipe(
    TrainingProgram program, List<Controller> controllers, ViewPlan views) {

  public TrainingRecipe {
    controllers = List.copyOf(controllers);
  }
}
