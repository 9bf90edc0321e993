package io.github.nolabel.fragment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A loss of some matrices, in float64 by the reference interpreter and in float32 by the runtime.
 * The matrices are those for which golden numbers were computed with the Python library AK_SSL.
 */
record LossCheck(Loss loss) {

  static final Nd A = matrix((i, j) -> Math.sin(3 * i + j));
  static final Nd C = matrix((i, j) -> Math.cos(i + 2 * j));
  static final Nd E = matrix((i, j) -> Math.sin(0.5 * i * j + 1));
  static final Nd G = matrix((i, j) -> Math.cos(2 * i - j));
  static final Nd LOCAL = matrix((i, j) -> Math.sin(i - j));

  private static final double STEP = 1e-6;

  /** A scalar, or whatever else is to be looked at, made of inputs. */
  interface Loss {
    Value of(Ops g, List<Value> x);
  }

  interface Entry {
    double at(int row, int column);
  }

  static Nd matrix(Entry entry) {
    return matrix(4, 6, entry);
  }

  static Nd matrix(int rows, int columns, Entry entry) {
    return Nd.of(new int[] {rows, columns}, i -> entry.at(i / columns, i % columns));
  }

  /** float64. */
  double value(Nd... inputs) {
    return tensor(inputs).at(0);
  }

  Nd tensor(Nd... inputs) {
    return Interpreter.run(graph(List.of(), inputs), fed(List.of(inputs))).output("loss");
  }

  /** float32. */
  double byRuntime(Nd... inputs) {
    return tensorByRuntime(inputs).at(0);
  }

  Nd tensorByRuntime(Nd... inputs) {
    return runtime(graph(List.of(), inputs), "loss", inputs);
  }

  /** The golden number, by both. */
  void isGolden(double expected, Nd... inputs) {
    assertThat(value(inputs)).isCloseTo(expected, within(1e-8 * Math.max(1, expected)));
    assertThat(byRuntime(inputs)).isCloseTo(expected, within(1e-5 * Math.max(1, expected)));
  }

  /** The gradient of input number {@code index}. */
  Nd gradient(int index, Nd... inputs) {
    Graph graph = graph(List.of(index), inputs);
    return Interpreter.run(graph, fed(List.of(inputs))).output("d_x" + index);
  }

  /** Along one random direction per input; and the runtime computes the same gradients. */
  void gradientsAreSlopes(List<Integer> wanted, Nd... inputs) {
    Graph graph = graph(wanted, inputs);
    for (int index : wanted) {
      Nd gradient = gradient(index, inputs);
      Nd direction = direction(inputs[index], index);
      double up = value(moved(inputs, index, direction, STEP));
      double down = value(moved(inputs, index, direction, -STEP));
      assertThat(dot(gradient, direction))
          .as("input %d", index)
          .isCloseTo((up - down) / (2 * STEP), within(1e-6));
      assertThat(runtime(graph, "d_x" + index, inputs).toArray())
          .as("input %d", index)
          .usingComparatorWithPrecision(1e-5)
          .containsExactly(gradient.toArray());
    }
  }

  private static Nd direction(Nd like, long seed) {
    Random random = new Random(seed);
    return Nd.of(like.shape(), i -> random.nextGaussian());
  }

  private static Nd[] moved(Nd[] inputs, int index, Nd direction, double step) {
    Nd[] moved = inputs.clone();
    Nd old = inputs[index];
    moved[index] = Nd.of(old.shape(), i -> old.at(i) + step * direction.at(i));
    return moved;
  }

  private static double dot(Nd a, Nd b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.at(i) * b.at(i);
    }
    return sum;
  }

  /** Inputs with as many rows as the first are batches. */
  private Graph graph(List<Integer> wanted, Nd... inputs) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    List<Value> x = new ArrayList<>();
    for (Nd input : inputs) {
      boolean batch = input.extent(0) == inputs[0].extent(0);
      Shape rows = Shape.batched(input.extent(1));
      Shape shape = batch ? rows : Shape.of(input.extent(0), input.extent(1));
      x.add(builder.input("x" + x.size(), shape));
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss.of(builder.ops("loss"), x));
    new ReverseMode(StandardRules.table())
        .differentiate(
            builder, Interpreter.require(outputs, "loss"), wanted.stream().map(x::get).toList())
        .forEach((value, gradient) -> outputs.put("d_" + value.name(), gradient));
    return builder.build(outputs);
  }

  private static Map<String, Nd> fed(List<Nd> inputs) {
    Map<String, Nd> fed = new LinkedHashMap<>();
    inputs.forEach(input -> fed.put("x" + fed.size(), input));
    return fed;
  }

  private static Nd runtime(Graph graph, String output, Nd... inputs) {
    Map<String, Tensor> fed = new LinkedHashMap<>();
    fed(List.of(inputs)).forEach((name, value) -> fed.put(name, value.toTensor()));
    return Nd.of(Interpreter.require(OrtEvaluator.evaluate(graph, fed), output));
  }
}
