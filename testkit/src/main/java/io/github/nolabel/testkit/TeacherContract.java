package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Role;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A mean teacher is the moving average that its schedule says, from the first step on. */
final class TeacherContract {

  private static final Set<Role> LEARNT =
      EnumSet.of(Role.WEIGHT, Role.BIAS, Role.GAIN, Role.EMBEDDING);

  private static final String MOMENTUM = "_momentum";

  private final TinyRun tiny;
  private final RunSpec run = TinyRun.spec(5, 3);

  TeacherContract(TinyRun tiny) {
    this.tiny = tiny;
  }

  void teacherMovesAsScheduled() {
    Map<String, String> pairs = pairs();
    if (pairs.isEmpty()) {
      return; // without a teacher
    }
    TrainingRecipe recipe = tiny.recipe(run);
    Map<String, Tensor> state = new LinkedHashMap<>();
    recipe.program().state().forEach(tensor -> state.put(tensor.name(), tensor.initial()));
    pairs.forEach(
        (mine, theirs) ->
            assertThat(tensor(state, mine).sameBits(tensor(state, theirs))).as(mine).isTrue());
    try (Trainer trainer = tiny.open(recipe, run, "teacher", false)) {
      trainer.train(
          TinyRun.batches(recipe, 5),
          EveryStep.then(
              report -> {
                Map<String, Tensor> after = trainer.state();
                pairs.forEach(
                    (mine, theirs) ->
                        requireAverage(
                            mine, momentum(recipe, mine, report.step() - 1), state, after, theirs));
                state.putAll(after);
              }));
    }
  }

  private static void requireAverage(
      String mine,
      double momentum,
      Map<String, Tensor> before,
      Map<String, Tensor> after,
      String theirs) {
    float[] old = tensor(before, mine).toFloats();
    float[] student = tensor(after, theirs).toFloats();
    float[] now = tensor(after, mine).toFloats();
    for (int i = 0; i < now.length; i++) {
      double expected = momentum * old[i] + (1 - momentum) * student[i];
      assertThat((double) now[i])
          .as("%s[%d]", mine, i)
          .isCloseTo(expected, within(1e-6 + 1e-6 * Math.abs(expected)));
    }
  }

  /** The teacher's learnt parameters with the student's that they started as copies of. */
  private Map<String, String> pairs() {
    Graph graph = GradientContract.forward(tiny.objective(run)).graph();
    Map<String, String> pairs = new LinkedHashMap<>();
    graph.parameters().stream()
        .filter(p -> !p.trainable() && LEARNT.contains(p.role()) && !p.drawnAs().equals(p.name()))
        .forEach(p -> pairs.put(p.name(), p.drawnAs()));
    return pairs;
  }

  private static double momentum(TrainingRecipe recipe, String parameter, long step) {
    String input = parameter.substring(0, parameter.indexOf('/')) + MOMENTUM;
    return recipe.controllers().stream()
        .filter(ScheduledInput.class::isInstance)
        .map(ScheduledInput.class::cast)
        .filter(scheduled -> scheduled.input().equals(input))
        .map(scheduled -> scheduled.schedule().at(step))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is fed to '" + input + "'"));
  }

  private static Tensor tensor(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name);
  }
}
