package io.github.nolabel.update;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.StepMachine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One update at rate 1 of tensors that start at (1, 1), under the loss {@code 30 w1 + 40 w2 + 0.5
 * (e1 + e2)}: the gradients are (30, 40) and (0.5, 0.5), and a bias has (1, 1).
 */
class TensorByTensorTest {

  private static final float[] START = {1, 1};

  @Test
  void everyGradientIsClippedByItsOwnNorm() {
    Map<String, float[]> after = after(Map.of("clipNorm", "5", "clipEach", "true"));
    assertThat(after.get("w")).usingComparatorWithPrecision(1e-5f).containsExactly(-2, -3);
    assertThat(after.get("e")).usingComparatorWithPrecision(1e-6f).containsExactly(0.5f, 0.5f);
  }

  /** The global norm is a little above 50, so that all shrink by a little more than ten. */
  @Test
  void otherwiseTheLargeOnesShrinkTheSmall() {
    Map<String, float[]> after = after(Map.of("clipNorm", "5"));
    assertThat(after.get("e")).usingComparatorWithPrecision(1e-4f).containsExactly(0.95f, 0.95f);
  }

  @Test
  void withoutALimitNothingIsClipped() {
    assertThat(after(Map.of("clipEach", "true")).get("w")).containsExactly(-29, -39);
  }

  /** A tenth of the start, besides the gradient. */
  @Test
  void embeddingsDecayIfAsked() {
    Map<String, String> decay = Map.of("weightDecay", "0.1");
    assertThat(after(decay).get("e")).containsExactly(0.5f, 0.5f);
    assertThat(after(Map.of("weightDecay", "0.1", "decayEmbeddings", "true")).get("e"))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.4f, 0.4f);
  }

  @Test
  void biasesNeverDecay() {
    assertThat(after(Map.of("weightDecay", "0.1", "decayEmbeddings", "true")).get("b"))
        .containsExactly(0, 0);
  }

  private static Map<String, float[]> after(Map<String, String> options) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    StepGraph step = new StepGraph(builder, 1);
    Scope net = step.scope("net");
    Initializer start = Initializer.values(Tensor.of(START, 2));
    Value weight = net.weight("w", Shape.of(2), start);
    Value embedding = net.embedding("e", Shape.of(2), start);
    Value bias = net.bias("b", Shape.of(2), start);
    Ops g = step.ops("loss");
    Value steep = g.mul(weight, g.constant(Tensor.of(new float[] {30, 40}, 2)));
    Value loss = g.reduceSum(g.add(g.add(steep, g.mul(embedding, 0.5)), bias), false);
    var gradients = new ReverseMode(StandardRules.table()).differentiate(builder, loss);
    OptimizerConfig config =
        RecordOptions.override(
            RecordOptions.override(
                OptimizerConfig.DEFAULTS,
                Map.of("algorithm", "sgd", "momentum", "0", "weightDecay", "0")),
            options);
    new Optimizer(config, Schedule.constant(1), config.weightDecay(5)).append(step, gradients);
    try (StepMachine machine = new StepMachine(step, Map.of("loss", loss))) {
      machine.step(1, Map.of());
      return Map.of(
          "w", machine.state("net/w"), "e", machine.state("net/e"), "b", machine.state("net/b"));
    }
  }
}
