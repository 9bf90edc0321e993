package io.github.nolabel.fragment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  private static final int[] SHAPE = {2, 3};
  private static final Nd LOGITS = Nd.of(SHAPE, 1, 2, 3, 0, 0, 0);

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Ops g = builder.ops("loss");
  private final Value logits = builder.input("logits", Shape.batched(3));
  private final Value labels = builder.input("labels", ElementType.INT64, Shape.batched());
  private final Value targets = builder.input("targets", Shape.batched(3));

  private Interpreter.Step run(Value loss, Nd scores, Nd soft) {
    Value gradient =
        new ReverseMode(StandardRules.table())
            .differentiate(builder, loss, List.of(logits))
            .values()
            .iterator()
            .next();
    Nd hard = Nd.integers(new int[] {2}, i -> i == 0 ? 2 : 1);
    return Interpreter.run(
        builder.build(Map.of("loss", loss, "gradient", gradient)),
        Map.of("logits", scores, "labels", hard, "targets", soft));
  }

  /** Rows: log(e^1 + e^2 + e^3) - 3 = log(1 + e^-1 + e^-2), and log 3. */
  @Test
  void hardLabelsHaveTheClosedForm() {
    Interpreter.Step step = run(CrossEntropy.ofLabels(g, logits, labels), LOGITS, LOGITS);
    double first = Math.log(1 + Math.exp(-1) + Math.exp(-2));
    assertThat(step.output("loss").at(0)).isCloseTo((first + Math.log(3)) / 2, within(1e-12));
  }

  @Test
  void oneHotTargetsAreHardLabels() {
    Nd oneHot = Nd.of(SHAPE, 0, 0, 1, 0, 1, 0);
    Interpreter.Step hard = run(CrossEntropy.ofLabels(g, logits, labels), LOGITS, oneHot);
    Interpreter.Step soft = run(CrossEntropy.ofTargets(g, logits, targets), LOGITS, oneHot);
    assertThat(soft.output("loss").at(0)).isCloseTo(hard.output("loss").at(0), within(1e-12));
    assertThat(soft.output("gradient").toArray())
        .containsExactly(hard.output("gradient").toArray(), within(1e-12));
  }

  /** d loss / d logits = (softmax(logits) - targets) / N. */
  @Test
  void theGradientIsProbabilityMinusTarget() {
    Nd even = Nd.of(SHAPE, 0.2, 0.3, 0.5, 1, 0, 0);
    Nd zero = Nd.of(SHAPE, i -> 0);
    Interpreter.Step step = run(CrossEntropy.ofTargets(g, logits, targets), zero, even);
    assertThat(step.output("loss").at(0)).isCloseTo(Math.log(3), within(1e-12));
    assertThat(step.output("gradient").toArray())
        .containsExactly(Nd.of(SHAPE, i -> (1 / 3.0 - even.at(i)) / 2).toArray(), within(1e-12));
  }

  @Test
  void hugeLogitsStayFinite() {
    Nd huge = Nd.of(SHAPE, 1e4, 0, -1e4, 0, 1e4, 0);
    Interpreter.Step step = run(CrossEntropy.ofLabels(g, logits, labels), huge, huge);
    assertThat(step.output("loss").at(0)).isCloseTo(1e4, within(1e-9));
  }
}
