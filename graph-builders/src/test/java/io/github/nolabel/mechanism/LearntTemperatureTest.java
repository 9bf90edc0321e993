package io.github.nolabel.mechanism;

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
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.StepMachine;
import io.github.nolabel.update.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss is the scale times a number that is fed: a positive one pushes the scale down. */
class LearntTemperatureTest {

  private static final double START = 1 / 0.07;
  private static final double SMALLEST = 0.01;
  private static final double LARGEST = LearntTemperature.LARGEST_SCALE;

  @ParameterizedTest
  @ValueSource(doubles = {SMALLEST, 1, START, LARGEST})
  void startsAsItIsTold(double start) {
    try (Run run = new Run(start, "sgd", 0)) {
      assertThat(run.push(0)).isCloseTo(start, within(1e-5 * start));
      assertThat(run.temperature).isCloseTo(1 / start, within(1e-5 / start));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {SMALLEST / 2, LARGEST * 2})
  void aStartOutOfBoundsIsRefused(double start) {
    assertThatThrownBy(() -> new Run(start, "sgd", 0)).hasMessageContaining("temperature's scale");
  }

  @ParameterizedTest
  @CsvSource({"sgd, 1e6", "adamw, 1e3", "lars, 1e9"})
  void hugeUpdatesStopAtTheBounds(String algorithm, double rate) {
    try (Run run = new Run(START, algorithm, rate)) {
      run.push(-1);
      assertThat(run.push(-1)).isCloseTo(LARGEST, within(1e-3));
      assertThat(run.push(0)).isCloseTo(LARGEST, within(1e-3));
    }
    try (Run run = new Run(START, algorithm, rate)) {
      run.push(1);
      assertThat(run.push(1)).isCloseTo(SMALLEST, within(1e-6));
      assertThat(run.push(0)).isCloseTo(SMALLEST, within(1e-6));
    }
  }

  /** Clipping within the loss would stop the gradient there, and the scale for good. */
  @Test
  void comesBackFromABound() {
    try (Run run = new Run(START, "sgd", 1e-3)) {
      run.push(-1e9);
      assertThat(run.push(2)).isCloseTo(LARGEST, within(1e-3));
      double slope = 2 * LARGEST;
      assertThat(run.push(0)).isCloseTo(LARGEST * Math.exp(-1e-3 * slope), within(1e-3));
    }
    try (Run run = new Run(START, "sgd", 10)) {
      run.push(1e9);
      assertThat(run.push(-1)).isCloseTo(SMALLEST, within(1e-6));
      assertThat(run.push(0)).isCloseTo(SMALLEST * Math.exp(10 * SMALLEST), within(1e-6));
    }
  }

  /** Within the bounds they are of no effect. */
  @Test
  void anUpdateIsTheOptimizers() {
    try (Run run = new Run(2, "sgd", 0.1)) {
      run.push(0.5);
      assertThat(run.push(0)).isCloseTo(2 * Math.exp(-0.1 * 0.5 * 2), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adamw"})
  void hasNoWeightDecay(String algorithm) {
    try (Run run = new Run(START, algorithm, 0.1)) {
      for (int i = 0; i < 5; i++) {
        assertThat(run.push(0)).isCloseTo(START, within(1e-4));
      }
    }
  }

  /** A checkpoint holds all parameters of the training graph. */
  @Test
  void isAParameterThatTrainsAndIsKept() {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    LearntTemperature.scale(step, START, SMALLEST, LARGEST);
    List<Parameter> parameters = step.graph().parameters();
    assertThat(parameters).hasSize(1);
    Parameter scale = parameters.get(0);
    assertThat(scale.name()).isEqualTo("temperature/log_scale");
    assertThat(scale.trainable()).isTrue();
    assertThat(scale.role()).isEqualTo(Role.BIAS);
  }

  /** Steps of an optimizer with a weight decay of a half. */
  private static final class Run implements AutoCloseable {

    private final StepMachine machine;
    private double temperature;

    Run(double start, String algorithm, double rate) {
      StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
      Value scale = LearntTemperature.scale(step, start, SMALLEST, LARGEST);
      Value loss = step.ops("loss").mul(scale, step.view("push", Shape.of()));
      var gradients = new ReverseMode(StandardRules.table()).differentiate(step.graph(), loss);
      OptimizerConfig config =
          RecordOptions.override(
              OptimizerConfig.DEFAULTS, Map.of("algorithm", algorithm, "momentum", "0"));
      Schedule decay = Schedule.constant(0.5);
      new Optimizer(config, Schedule.constant(rate), Optional.of(decay)).append(step, gradients);
      Map<String, Value> outputs = new LinkedHashMap<>(step.monitors());
      outputs.put("scale", scale);
      machine = new StepMachine(step, outputs);
    }

    /** Makes a step and says what the scale was before it. */
    double push(double slope) {
      Map<String, Tensor> outputs = machine.step(1, Map.of("push", Tensor.scalar(slope)));
      temperature = Interpreter.require(outputs, "temperature").toFloats()[0];
      return Interpreter.require(outputs, "scale").toFloats()[0];
    }

    @Override
    public void close() {
      machine.close();
    }
  }
}
