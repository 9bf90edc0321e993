package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.objective.TrainingCompiler;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every weight that is trained gets a gradient, no other does. */
final class GradientContract {

  /** Shares of the whole gradient below this are rounding. */
  private static final double ROUNDING = 1e-7;

  private static final String PREFIX = "largest gradient of ";

  private final TinyRun tiny;
  private final Map<Pattern, String> vanishing;
  private final RunSpec run = TinyRun.spec(7, 3);

  /**
   * @param vanishing parameters whose gradient is zero in exact arithmetic, with the reason
   */
  GradientContract(TinyRun tiny, Map<Pattern, String> vanishing) {
    this.tiny = tiny;
    this.vanishing = vanishing;
  }

  void everyTrainedParameterIsReached() {
    Objective objective = tiny.objective(run);
    TrainingRecipe recipe = new TrainingCompiler(run).compile(new Observed(objective));
    Map<String, Double> last = new LinkedHashMap<>();
    try (Trainer trainer = tiny.open(recipe, run, "gradients", false)) {
      trainer.train(TinyRun.batches(recipe, 7), EveryStep.then(r -> last.putAll(r.values())));
    }
    double whole = last.getOrDefault(TrainingProgram.GRADIENT_NORM, Double.NaN);
    assertThat(whole).as("norm of the gradient after three steps").isGreaterThan(1e-6);
    last.forEach(
        (name, largest) -> {
          if (name.startsWith(PREFIX)) {
            judge(name.substring(PREFIX.length()), largest / whole);
          }
        });
  }

  private void judge(String parameter, double share) {
    Optional<String> reason =
        vanishing.entrySet().stream()
            .filter(entry -> entry.getKey().matcher(parameter).find())
            .map(Map.Entry::getValue)
            .findFirst();
    if (reason.isPresent()) {
      assertThat(share).as("%s: %s", parameter, reason.get()).isLessThan(ROUNDING * 100);
    } else {
      assertThat(share)
          .as(
              "%s: largest entry of its gradient, as a share of the whole. Where mathematics makes it zero, say so: MethodContract.of(...).vanishing(\"%s\", \"why\")",
              parameter, parameter)
          .isGreaterThan(ROUNDING);
    }
  }

  void frozenParametersGetNoGradient() {
    Forward forward = forward(tiny.objective(run));
    List<Parameter> frozen =
        forward.step().graph().parameters().stream().filter(p -> !p.trainable()).toList();
    Map<Parameter, Value> gradients = gradients(forward.step(), forward.loss());
    assertThat(gradients.keySet()).isNotEmpty().noneMatch(frozen::contains);
  }

  static Map<Parameter, Value> gradients(StepGraph step, Value loss) {
    return new ReverseMode(StandardRules.withPlugIns()).differentiate(step.graph(), loss);
  }

  static Forward forward(Objective objective) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value loss = objective.loss(step);
    return new Forward(step, loss);
  }

  /** A method's graph without its backward pass. */
  record Forward(StepGraph step, Value loss) {

    Graph graph() {
      Map<String, Value> outputs = new LinkedHashMap<>();
      outputs.put(TrainingProgram.LOSS, loss);
      outputs.putAll(step.monitors());
      return step.graph().build(outputs);
    }
  }

  /** The same method, with the largest entry of every gradient among its monitors. */
  private record Observed(Objective objective) implements Objective {

    @Override
    public Value loss(StepGraph step) {
      Value loss = objective.loss(step);
      step.afterUpdate(() -> gradients(step, loss).forEach((p, d) -> observe(step, p, d)));
      return loss;
    }

    private static void observe(StepGraph step, Parameter parameter, Value gradient) {
      Ops g = step.ops("observed");
      Require.that(gradient.shape().equals(parameter.value().shape()), parameter.name());
      step.monitor(PREFIX + parameter.name(), g.reduceMax(g.abs(gradient), false));
    }

    @Override
    public InputPlan inputs() {
      return objective.inputs();
    }

    @Override
    public List<Cut> cuts() {
      return objective.cuts();
    }
  }
}
