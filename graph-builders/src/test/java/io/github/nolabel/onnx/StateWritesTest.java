package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Every step in the runtime must leave what a step that writes at its end leaves. */
class StateWritesTest {

  private static final Shape SHAPE = Shape.of(2, 3);
  private static final int STEPS = 4;

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Scope scope = builder.frozenScope("state");
  private final Ops g = builder.ops("step");
  private final Map<String, Value> outputs = new LinkedHashMap<>();

  private Value state(String name) {
    return scope.memory(name, SHAPE, Sharing.AVERAGED, Initializer.normal(1));
  }

  private Value increment() {
    return builder.input("increment", SHAPE);
  }

  /** The new value knows nothing of the reader, so only the gate keeps them in order. */
  @Test
  void aReaderWithoutDependencyOnTheWriteSeesTheOldValue() {
    Value w = state("w");
    outputs.put("read", g.exp(w));
    builder.write(w, g.mul(increment(), 2));
    requireSameSteps();
  }

  @Test
  void manyReadersSeeTheOldValueWhereverTheyStand() {
    Value w = state("w");
    builder.write(w, g.add(w, increment()));
    Value chain = g.tanh(increment());
    for (int i = 0; i < 20; i++) {
      chain = g.tanh(g.mul(chain, g.add(w, g.tanh(g.mul(chain, i)))));
    }
    outputs.put("read", chain);
    requireSameSteps();
  }

  @Test
  void viewsOfTheStateAreTheState() {
    List<BiFunction<Ops, Value, Value>> views =
        List.of(
            (ops, x) -> ops.reshape(x, Shape.of(6)),
            (ops, x) -> ops.transpose(x, 1, 0),
            (ops, x) -> ops.unsqueeze(x, 0),
            Ops::detach,
            (ops, x) -> ops.slice(x, 0, 0, 2),
            (ops, x) -> ops.pad(x, List.of(0L, 0L), List.of(0L, 0L)),
            (ops, x) -> ops.mul(x, 1),
            (ops, x) -> ops.add(x, ops.constant(0)),
            (ops, x) -> ops.tile(x, 1, 1),
            (ops, x) -> ops.concat(0, x),
            (ops, x) -> ops.cast(x, x.type()),
            (ops, x) -> ops.reshape(ops.reshape(x, Shape.of(6)), Shape.of(3, 2)));
    for (BiFunction<Ops, Value, Value> view : views) {
      StateWritesTest fresh = new StateWritesTest();
      fresh.readThrough(view);
    }
  }

  private void readThrough(BiFunction<Ops, Value, Value> view) {
    Value w = state("w");
    Value seen = view.apply(g, w);
    outputs.put("read", g.exp(seen));
    outputs.put("shown", seen);
    builder.write(w, g.mul(increment(), 2));
    requireSameSteps();
  }

  @Test
  void anOutputShowsTheOldValue() {
    Value w = state("w");
    outputs.put("before", w);
    builder.write(w, increment());
    requireSameSteps();
  }

  @Test
  void statesPassValuesOnInOneStep() {
    Value newest = state("newest");
    Value older = state("older");
    Value oldest = state("oldest");
    outputs.put("sum", g.add(g.add(newest, older), oldest));
    builder.write(newest, increment());
    builder.write(older, newest);
    builder.write(oldest, g.reshape(g.reshape(older, Shape.of(6)), SHAPE));
    requireSameSteps();
  }

  @Test
  void exchangingStatesIsRefused() {
    Value a = state("a");
    Value b = state("b");
    builder.write(a, b);
    builder.write(b, a);
    Graph graph = builder.build(outputs);
    assertThatThrownBy(() -> OnnxWriter.training(graph))
        .hasMessageContaining("exchanged in a circle");
  }

  @Test
  void momentumAndWeightMoveTogether() {
    Value w = state("w");
    Value m = state("m");
    Value moved = g.add(g.mul(m, 0.9), increment());
    outputs.put("loss", g.reduceSum(g.mul(w, g.exp(w)), false));
    builder.write(m, moved);
    builder.write(w, g.sub(w, g.mul(moved, 0.1)));
    requireSameSteps();
  }

  @Test
  void aTeacherFollowsTheStudentsOldWeights() {
    Value student = state("student");
    Value teacher = state("teacher");
    outputs.put("distance", g.reduceSum(g.abs(g.sub(student, teacher)), false));
    builder.write(student, g.sub(student, g.mul(increment(), 0.1)));
    builder.write(teacher, g.add(g.mul(teacher, 0.9), g.mul(student, 0.1)));
    requireSameSteps();
  }

  @Test
  void aQueueReplacesItsRows() {
    Value queue = state("queue");
    Value rows = builder.input("increment", Shape.of(1, 3));
    Value at = g.constant(Tensor.of(new long[] {1, 1, 1}, 1, 3));
    outputs.put("similarity", g.matMul(rows, g.transposeMatrix(queue)));
    builder.write(queue, g.scatter(queue, at, rows, 0));
    requireSameSteps(new int[] {1, 3});
  }

  private void requireSameSteps() {
    requireSameSteps(new int[] {2, 3});
  }

  private void requireSameSteps(int[] increment) {
    Graph graph = builder.build(outputs);
    Map<String, Tensor> actual = new HashMap<>();
    for (Parameter parameter : graph.parameters()) {
      actual.put(parameter.name(), Initializer.draw(parameter, 3));
    }
    Map<String, Nd> expected = new HashMap<>();
    actual.forEach((name, values) -> expected.put(name, Nd.of(values)));
    try (OrtEvaluator evaluator = new OrtEvaluator(graph)) {
      for (int step = 0; step < STEPS; step++) {
        double offset = step;
        Nd fed = Nd.of(increment, i -> (i + offset) / 8);
        actual.put("increment", fed.toTensor());
        expected.put("increment", fed);
        Interpreter.Step reference = Interpreter.run(graph, expected);
        requireEqual(reference.outputs(), evaluator.run(actual));
        requireEqual(reference.state(), actual);
        expected.putAll(reference.state());
      }
    }
  }

  private static void requireEqual(Map<String, Nd> expected, Map<String, Tensor> actual) {
    expected.forEach(
        (name, values) ->
            assertThat(Nd.of(Interpreter.require(actual, name)).toArray())
                .as(name)
                .containsExactly(values.toArray(), within(1e-5)));
  }
}
