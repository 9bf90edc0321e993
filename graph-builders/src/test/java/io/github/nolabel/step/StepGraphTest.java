package io.github.nolabel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.StepMachine;
import io.github.nolabel.update.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three weights with slope {@code slope}: free/w, head/w and head/last/w, all starting at one. */
class StepGraphTest {

  private static final Schedule RATE = Schedule.constant(0.25);

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adamw", "adam", "lars"})
  void aFrozenScopeKeepsItsBitsUntilTheStep(String algorithm) {
    Map<String, String> options =
        Map.of("algorithm", algorithm, "weightDecay", "0.1", "momentum", "0.9");
    try (StepMachine machine = machine(options, 1, step -> step.freeze("head", 3))) {
      for (int step = 0; step < 3; step++) {
        machine.step(1, Map.of());
        assertThat(machine.state("head/w")).containsExactly(1);
        assertThat(machine.state("head/last/w")).containsExactly(1);
      }
      assertThat(machine.state("free/w")[0]).isLessThan(1);
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")[0]).isLessThan(1);
      assertThat(machine.state("head/last/w")[0]).isLessThan(1);
    }
  }

  @Test
  void frozenStepsAreUpdatesNotMicroSteps() {
    try (StepMachine machine = machine(PLAIN, 2, step -> step.freeze("head", 2))) {
      for (int micro = 0; micro < 5; micro++) {
        machine.step(1, Map.of());
      }
      assertThat(machine.state("head/w")).containsExactly(1);
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")[0]).isLessThan(1);
    }
  }

  @Test
  void freezingForNoStepFreezesNothing() {
    try (StepMachine machine = machine(PLAIN, 1, step -> step.freeze("head", 0))) {
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")).containsExactly(0.75f);
    }
  }

  @Test
  void theClosestScopesRateIsUsed() {
    Consumer<StepGraph> rates =
        step -> {
          step.learningRate("head", base -> base.times(2));
          step.learningRate("head/last", base -> Schedule.linear(1, 0.5, 1));
          step.learningRate("fre", base -> base.times(100));
        };
    try (StepMachine machine = machine(PLAIN, 1, rates)) {
      machine.step(1, Map.of());
      machine.step(1, Map.of());
      assertThat(machine.state("free/w")).containsExactly(0.5f);
      assertThat(machine.state("head/w")).containsExactly(0);
      assertThat(machine.state("head/last/w")).containsExactly(-0.5f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFrozenScopeKeepsItsOwnRateForLater(boolean freezeFirst) {
    Consumer<StepGraph> freeze = step -> step.freeze("head", 1);
    Consumer<StepGraph> faster = step -> step.learningRate("head", base -> base.times(2));
    Consumer<StepGraph> both = freezeFirst ? freeze.andThen(faster) : faster.andThen(freeze);
    try (StepMachine machine = machine(PLAIN, 1, both)) {
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")).containsExactly(1);
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")).containsExactly(0.5f);
      assertThat(machine.state("free/w")).containsExactly(0.5f);
    }
  }

  @Test
  void whatLiesInAFrozenScopeIsFrozenWhateverItsRate() {
    Consumer<StepGraph> rates =
        step -> {
          step.freeze("head", 1);
          step.freeze("head/last", 2);
          step.learningRate("head/last", base -> Schedule.constant(1));
        };
    try (StepMachine machine = machine(PLAIN, 1, rates)) {
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")).containsExactly(1);
      machine.step(1, Map.of());
      assertThat(machine.state("head/w")).containsExactly(0.75f);
      assertThat(machine.state("head/last/w")).containsExactly(1);
      machine.step(1, Map.of());
      assertThat(machine.state("head/last/w")).containsExactly(0);
    }
  }

  @Test
  void scopesWhosePathsLookAlikeHaveRatesOfTheirOwn() {
    Consumer<StepGraph> rates =
        step -> {
          step.learningRate("head/last", base -> base.times(2));
          step.learningRate("head_last", base -> base.times(3));
        };
    List<String> scopes = List.of("head/last", "head_last");
    try (StepMachine machine = machine(scopes, PLAIN, 1, 1, rates)) {
      machine.step(1, Map.of());
      assertThat(machine.state("head/last/w")).containsExactly(0.5f);
      assertThat(machine.state("head_last/w")).containsExactly(0.25f);
    }
  }

  @Test
  void aNameIsNotFedByTwoSchedules() {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value first = step.scheduled("heat", RATE);
    assertThat(step.scheduled("heat", RATE)).isEqualTo(first);
    assertThatThrownBy(() -> step.scheduled("heat", Schedule.constant(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'heat' is controlled twice");
  }

  @Test
  void aScopeIsNotGivenTwoRates() {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    step.learningRate("head", base -> base);
    assertThatThrownBy(() -> step.learningRate("head", base -> base.times(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'head' is given two learning rates");
  }

  /** Without slope, a weight shrinks by one minus rate times decay at every step. */
  @Test
  void weightDecayFollowsItsSchedule() {
    OptimizerConfig config = config(Map.of("weightDecay", "0.04", "weightDecayEnd", "0.4"));
    Schedule decay = config.weightDecay(5).orElseThrow();
    assertThat(decay.at(0)).isCloseTo(0.04, within(1e-12));
    assertThat(decay.at(5)).isCloseTo(0.4, within(1e-12));
    Map<String, String> options =
        Map.of("algorithm", "adamw", "weightDecay", "0.04", "weightDecayEnd", "0.4");
    try (StepMachine machine = machine(options, 1, 0, step -> {})) {
      double expected = 1;
      for (int step = 0; step < 5; step++) {
        machine.step(1, Map.of());
        expected *= 1 - 0.25 * decay.at(step);
        assertThat(machine.state("free/w")[0]).isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  private static final Map<String, String> PLAIN =
      Map.of("algorithm", "sgd", "weightDecay", "0", "momentum", "0");

  private static OptimizerConfig config(Map<String, String> options) {
    return RecordOptions.override(OptimizerConfig.DEFAULTS, options);
  }

  private static StepMachine machine(
      Map<String, String> options, int accumulate, Consumer<StepGraph> extra) {
    return machine(options, accumulate, 1, extra);
  }

  private static StepMachine machine(
      Map<String, String> options, int accumulate, double slope, Consumer<StepGraph> extra) {
    return machine(List.of("free", "head", "head/last"), options, accumulate, slope, extra);
  }

  private static StepMachine machine(
      List<String> scopes,
      Map<String, String> options,
      int accumulate,
      double slope,
      Consumer<StepGraph> extra) {
    OptimizerConfig config = config(options);
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    StepGraph step = new StepGraph(builder, accumulate);
    Ops g = step.ops("loss");
    Value sum = scopes.stream().map(s -> weight(step, s)).reduce(g::add).orElseThrow();
    Value loss = g.mul(g.reduceSum(sum, false), slope);
    extra.accept(step);
    var gradients = new ReverseMode(StandardRules.table()).differentiate(builder, loss);
    new Optimizer(config, RATE, config.weightDecay(5)).append(step, gradients);
    return new StepMachine(step, Map.of("loss", loss));
  }

  private static Value weight(StepGraph step, String scope) {
    Initializer one = Initializer.values(Tensor.of(new float[] {1}, 1));
    return step.scope(scope).weight("w", Shape.of(1), one);
  }
}
