package io.github.nolabel.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.StepMachine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwoViewsTest {

  private final StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
  private final Ops g = step.ops("test");
  private final TwoViews views = TwoViews.of(step, Shape.batched(1));

  /** Means are 2 and 6 alone, 4 of both. */
  @Test
  void viewsShareTheirBatchOrDoNot() {
    TwoViews alone = views.alone(this::centred);
    TwoViews together = views.together(g, this::centred);
    Map<String, Value> outputs =
        Map.of("a1", alone.first(), "a2", alone.second(), "t1", together.first());
    assertThat(result("a1", outputs)).containsExactly(-1, 1);
    assertThat(result("a2", outputs)).containsExactly(-2, 2);
    assertThat(result("t1", outputs)).containsExactly(-3, -1);
  }

  /** (first - 10 other.second) + (second - 10 other.first). */
  @Test
  void crosswiseEachMeetsTheOthersPartner() {
    TwoViews others = views.alone(x -> g.add(x, g.constant(1)));
    Value both = views.crosswise(g, others, (mine, other) -> g.sub(mine, g.mul(other, 10)));
    assertThat(result("both", Map.of("both", both)))
        .containsExactly(1 - 50 + 4 - 20, 3 - 90 + 8 - 40);
  }

  private Value centred(Value x) {
    return g.sub(x, g.reduceMean(x, true, 0));
  }

  private float[] result(String name, Map<String, Value> outputs) {
    try (StepMachine machine = new StepMachine(step, outputs)) {
      Map<String, Tensor> inputs =
          Map.of(
              "view_1", Tensor.of(new float[] {1, 3}, 2, 1),
              "view_2", Tensor.of(new float[] {4, 8}, 2, 1));
      return Interpreter.require(machine.step(2, inputs), name).toFloats();
    }
  }
}
