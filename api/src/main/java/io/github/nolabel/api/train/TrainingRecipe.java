package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.input.InputPlan;
import java.util.List;
import java.util.Optional;

/**
 * A method, ready to run: a program, the controllers around its steps, and what it reads.
 *
 * @param frozen which of the numbers among its inputs are computed once for every image
 * @param joint what passes images through the networks, if the program itself does not
 */
public record TrainingRecipe(
    TrainingProgram program,
    List<Controller> controllers,
    InputPlan inputs,
    List<FrozenFeatures> frozen,
    Optional<JointPart> joint) {

  public TrainingRecipe {
    controllers = List.copyOf(controllers);
    frozen = List.copyOf(frozen);
  }

  /** One program does all. */
  public TrainingRecipe(
      TrainingProgram program,
      List<Controller> controllers,
      InputPlan inputs,
      List<FrozenFeatures> frozen) {
    this(program, controllers, inputs, frozen, Optional.empty());
  }

  /** The program without what passes images for it. */
  public TrainingRecipe alone() {
    return new TrainingRecipe(program, controllers, inputs, frozen);
  }

  /** The same that reads its inputs in another way. */
  public TrainingRecipe with(InputPlan other) {
    return new TrainingRecipe(program, controllers, other, frozen, joint);
  }

  /** Nothing is computed before the first step. */
  public TrainingRecipe(TrainingProgram program, List<Controller> controllers, InputPlan inputs) {
    this(program, controllers, inputs, List.of());
  }
}
