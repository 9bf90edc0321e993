package io.github.nolabel.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.StepMachine;
import io.github.nolabel.update.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A student of two layers that is trained to leave its teacher. */
class MeanTeacherTest {

  private static final Mlp NETWORK = Mlp.of(3, Mlp.Layer.hidden(4), Mlp.Layer.linear(2));
  private static final List<String> LEARNT =
      List.of(
          "layer_1/weight",
          "layer_1/norm/weight",
          "layer_1/norm/bias",
          "layer_2/weight",
          "layer_2/bias");
  private static final List<String> STATISTICS =
      List.of("layer_1/norm/running_mean", "layer_1/norm/running_var");
  private static final int UPDATES = 6;

  @Test
  void startsEqualToTheStudent() {
    try (StepMachine machine = machine(Schedule.constant(0.9), 1)) {
      for (String name : LEARNT) {
        assertThat(machine.state("teacher/" + name))
            .containsExactly(machine.state("student/" + name));
      }
    }
  }

  /** The start and every student by what later momenta leave of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void equalsTheClosedFormOfTheSchedule(int accumulate) {
    Schedule momentum = Schedule.cosine(0.3, 0.95, UPDATES);
    try (StepMachine machine = machine(momentum, accumulate)) {
      List<Map<String, float[]>> students = new ArrayList<>(List.of(network(machine, "student")));
      for (int update = 0; update < UPDATES; update++) {
        update(machine, accumulate);
        students.add(network(machine, "student"));
      }
      for (String name : LEARNT) {
        float[] expected = mixed(students.stream().map(s -> values(s, name)).toList(), momentum);
        assertThat(machine.state("teacher/" + name))
            .as(name)
            .usingComparatorWithPrecision(2e-5f)
            .containsExactly(expected);
        assertThat(expected).isNotEqualTo(machine.state("student/" + name));
      }
    }
  }

  @Test
  void movesOnlyAtTheLastMicroStep() {
    try (StepMachine machine = machine(Schedule.constant(0.5), 3)) {
      float[] before = machine.state("teacher/layer_2/weight");
      machine.step(5, batch(1));
      machine.step(5, batch(2));
      assertThat(machine.state("teacher/layer_2/weight")).containsExactly(before);
      machine.step(5, batch(3));
      assertThat(machine.state("teacher/layer_2/weight")).isNotEqualTo(before);
    }
  }

  @Test
  void momentumOneNeverMovesIt() {
    try (StepMachine machine = machine(Schedule.constant(1), 1)) {
      Map<String, float[]> start = network(machine, "teacher");
      for (int update = 0; update < UPDATES; update++) {
        update(machine, 1);
      }
      LEARNT.forEach(
          name ->
              assertThat(machine.state("teacher/" + name)).containsExactly(values(start, name)));
    }
  }

  @Test
  void momentumZeroIsTheStudentAfterItsUpdate() {
    try (StepMachine machine = machine(Schedule.constant(0), 1)) {
      update(machine, 1);
      LEARNT.forEach(
          name ->
              assertThat(machine.state("teacher/" + name))
                  .containsExactly(machine.state("student/" + name)));
    }
  }

  /** The teacher sees other rows than the student, and its statistics are of those alone. */
  @Test
  void itsStatisticsAreThoseOfItsOwnPasses() {
    try (StepMachine still = machine(Schedule.constant(1), 1);
        StepMachine copied = machine(Schedule.constant(0), 1)) {
      still.step(5, batch(1));
      copied.step(5, batch(1));
      for (String name : STATISTICS) {
        assertThat(copied.state("teacher/" + name))
            .as(name)
            .containsExactly(still.state("teacher/" + name))
            .isNotEqualTo(copied.state("student/" + name));
      }
    }
  }

  @Test
  void theReportedDistanceStartsAtZeroAndGrows() {
    try (StepMachine machine = machine(Schedule.constant(1), 1)) {
      assertThat(distance(machine, 1)).isZero();
      assertThat(distance(machine, 2)).isPositive();
    }
  }

  @Test
  void aTeacherWithoutCounterpartIsRefused() {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    NETWORK.attach(step.scope("student"));
    Mlp.of(3, Mlp.Layer.linear(7))
        .attach(MeanTeacher.of(step, "teacher", "student", Schedule.constant(0.9)));
    assertThatThrownBy(step::updateWritten).hasMessageContaining("teacher/layer_1/weight");
  }

  private static double distance(StepMachine machine, long seed) {
    return Interpreter.require(machine.step(5, batch(seed)), "teacher_distance").toFloats()[0];
  }

  private static void update(StepMachine machine, int accumulate) {
    for (int micro = 0; micro < accumulate; micro++) {
      machine.step(5, batch(micro));
    }
  }

  private static Map<String, float[]> network(StepMachine machine, String scope) {
    Map<String, float[]> values = new LinkedHashMap<>();
    LEARNT.forEach(name -> values.put(name, machine.state(scope + "/" + name)));
    return values;
  }

  private static float[] values(Map<String, float[]> network, String name) {
    return Interpreter.require(network, name);
  }

  private static float[] mixed(List<float[]> students, Schedule momentum) {
    float[] sum = new float[students.get(0).length];
    for (int from = 0; from < students.size(); from++) {
      double share = from == 0 ? 1 : 1 - momentum.at(from - 1);
      for (int later = from; later < students.size() - 1; later++) {
        share *= momentum.at(later);
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (float) (share * students.get(from)[i]);
      }
    }
    return sum;
  }

  private static Map<String, Tensor> batch(long seed) {
    Random random = new Random(seed);
    float[] values = new float[15];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    float[] others = new float[15];
    for (int i = 0; i < others.length; i++) {
      others[i] = (float) (3 + 2 * random.nextGaussian());
    }
    return Map.of("x", Tensor.of(values, 5, 3), "y", Tensor.of(others, 5, 3));
  }

  private static StepMachine machine(Schedule momentum, int accumulate) {
    OptimizerConfig config =
        RecordOptions.override(OptimizerConfig.DEFAULTS, Map.of("algorithm", "sgd"));
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    StepGraph step = new StepGraph(builder, accumulate);
    Value predicted = NETWORK.attach(step.scope("student")).apply(view(step, "x"));
    Value target =
        NETWORK.attach(MeanTeacher.of(step, "teacher", "student", momentum)).apply(view(step, "y"));
    Ops g = step.ops("loss");
    Value apart = g.sub(predicted, g.add(g.detach(target), g.constant(1)));
    Value loss = g.reduceMean(g.mul(apart, apart), false);
    var gradients = new ReverseMode(StandardRules.table()).differentiate(builder, loss);
    new Optimizer(config, Schedule.constant(0.2), Optional.empty()).append(step, gradients);
    Map<String, Value> outputs = new LinkedHashMap<>(step.monitors());
    outputs.put("loss", loss);
    return new StepMachine(step, outputs);
  }

  private static Value view(StepGraph step, String name) {
    return step.view(name, Shape.batched(3));
  }
}
