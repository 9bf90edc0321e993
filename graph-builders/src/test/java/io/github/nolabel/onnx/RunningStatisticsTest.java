package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Scope scope = builder.scope("norm");
  private final Ops g = builder.ops("norm");
  private final Value gain = scope.gain("gain", Shape.of(1), Initializer.constant(1));
  private final Value bias = scope.bias("bias", Shape.of(1), Initializer.constant(0));
  private final Value mean = scope.statistic("mean", Shape.of(1), Initializer.constant(0));
  private final Value variance = scope.statistic("variance", Shape.of(1), Initializer.constant(1));

  private List<Value> normalise(String view, Value runningMean, Value runningVariance) {
    Value x = builder.input(view, Shape.of(2, 1));
    return g.batchNormTraining(x, gain, bias, runningMean, runningVariance, 0.5, 1e-5);
  }

  private static Map<String, Tensor> initialState() {
    Map<String, Tensor> state = new HashMap<>();
    state.put("norm/gain", Tensor.of(new float[] {1}, 1));
    state.put("norm/bias", Tensor.of(new float[] {0}, 1));
    state.put("norm/mean", Tensor.of(new float[] {0}, 1));
    state.put("norm/variance", Tensor.of(new float[] {1}, 1));
    return state;
  }

  /** Batch means 2 and 6, momentum 1/2: (0 + 2)/2 = 1, (1 + 6)/2 = 3.5; the other way 2.5. */
  @Test
  void chainedApplicationsMoveTheStatisticsInTheListedOrder() {
    List<Value> first = normalise("view_1", mean, variance);
    List<Value> second = normalise("view_2", first.get(1), first.get(2));
    Graph graph = builder.build(Map.of("y", g.concat(0, second.get(0), first.get(0))));
    Map<String, Tensor> fed = initialState();
    fed.put("view_1", Tensor.of(new float[] {1, 3}, 2, 1));
    fed.put("view_2", Tensor.of(new float[] {4, 8}, 2, 1));
    OrtEvaluator.evaluate(graph, fed);
    assertThat(Interpreter.require(fed, "norm/mean").toFloats()).containsExactly(3.5f);
  }

  /** The runtime's CPU kernel divides by n; PyTorch's running variance by n - 1. */
  @Test
  void theRunningVarianceIsTheBiasedOne() {
    Value y = normalise("x", mean, variance).get(0);
    Map<String, Tensor> fed = initialState();
    fed.put("x", Tensor.of(new float[] {1, 3}, 2, 1));
    OrtEvaluator.evaluate(builder.build(Map.of("y", y)), fed);
    assertThat(Interpreter.require(fed, "norm/variance").toFloats())
        .containsExactly(0.5f * 1 + 0.5f * 1);
    fed.put("x", Tensor.of(new float[] {0, 4}, 2, 1));
    OrtEvaluator.evaluate(builder.build(Map.of("y", y)), fed);
    assertThat(Interpreter.require(fed, "norm/variance").toFloats())
        .containsExactly(0.5f * 1 + 0.5f * 4);
  }

  /** An output of the last running statistics is allowed and does not stop the move in place. */
  @Test
  void runningOutputsMayBeReadByOthers() {
    List<Value> results = normalise("x", mean, variance);
    Value teacher =
        builder.frozenScope("teacher").statistic("mean", Shape.of(1), Initializer.constant(0));
    builder.write(teacher, g.add(g.mul(teacher, 0.5), g.mul(results.get(1), 0.5)));
    Graph graph = builder.build(Map.of("y", results.get(0), "mean", results.get(1)));
    Map<String, Tensor> fed = initialState();
    fed.put("teacher/mean", Tensor.of(new float[] {0}, 1));
    fed.put("x", Tensor.of(new float[] {1, 3}, 2, 1));
    Map<String, Tensor> outputs = OrtEvaluator.evaluate(graph, fed);
    assertThat(Interpreter.require(outputs, "mean").toFloats()).containsExactly(1);
    assertThat(Interpreter.require(fed, "norm/mean").toFloats()).containsExactly(1);
    assertThat(Interpreter.require(fed, "teacher/mean").toFloats())
        .containsExactly(new float[] {0.5f}, within(1e-6f));
  }

  @Test
  void twoApplicationsToTheSameStatisticsAreRefused() {
    Value first = normalise("view_1", mean, variance).get(0);
    Value second = normalise("view_2", mean, variance).get(0);
    Graph graph = builder.build(Map.of("y", g.add(first, second)));
    assertThatThrownBy(() -> OnnxWriter.training(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            """
            Running statistics 'norm/mean' are moved by a batch normalisation and used elsewhere too.
              fix:  give a second application the running outputs of the first,
                    and read the last application's outputs instead of the statistics.""");
  }

  @Test
  void readingStatisticsThatMoveIsRefused() {
    Value y = normalise("x", mean, variance).get(0);
    Graph graph = builder.build(Map.of("y", g.add(y, mean)));
    assertThatThrownBy(() -> OnnxWriter.training(graph)).hasMessageContaining("'norm/mean'");
  }
}
