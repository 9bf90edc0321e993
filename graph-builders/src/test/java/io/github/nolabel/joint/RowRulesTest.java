package io.github.nolabel.joint;

import static io.github.nolabel.joint.RowCase.matrix;
import static io.github.nolabel.joint.RowCase.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.JointRows;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.graph.Window;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator that leaves images alone makes of a batch what it makes of its parts, put together.
 */
class RowRulesTest {

  /** Two views joined, cut apart in the middle of a rule, and so on. */
  static Stream<RowCase> apart() {
    Shape map = Shape.batched(2, 4, 4);
    Shape row = Shape.batched(3);
    Shape tokens = Shape.batched(2, 3);
    return Stream.of(
        on("all elementwise", RowRulesTest::elementwise, tokens, row),
        on("all comparisons", RowRulesTest::compared, row, row),
        on("broadcast", (g, x) -> g.mul(x.get(0), g.unsqueeze(x.get(1), 1)), tokens, row),
        on("softmax", (g, x) -> g.add(g.softmax(x.get(0), -1), g.logSoftmax(x.get(0), 1)), tokens),
        on("largest", (g, x) -> g.topK(x.get(0), 2, 1).get(0), row),
        on("places of the largest", RowRulesTest::chosen, row),
        on("scattered", RowRulesTest::scattered, row),
        on("slice", (g, x) -> g.slice(x.get(0), 1, 1, 3), row),
        on("split", (g, x) -> g.split(x.get(0), 1, 1, 2).get(1), row),
        on("reductions", RowRulesTest::reduced, tokens),
        on("tokens as rows", (g, x) -> g.reshape(x.get(0), joined(6)), Shape.batched(6, 1)),
        on("tokens as a matrix", (g, x) -> tokensAsRows(g, x.get(0)), tokens),
        on("transposed", (g, x) -> g.transpose(x.get(0), 1, 0, 2), tokens),
        on("transposed, then rows of rows", RowRulesTest::blocksOfRows, tokens),
        on("squeezed", (g, x) -> g.squeeze(g.unsqueeze(x.get(0), 0), 0), row),
        on("convolution", RowRulesTest::convolved, map),
        on("pooling", (g, x) -> g.maxPool(x.get(0), Window.of(2).stride(2)).get(0), map),
        on("normalised", RowRulesTest::normalised, map, tokens),
        on("times a matrix", (g, x) -> g.matMul(x.get(0), matrix(g, 3, 2)), row),
        on("a matrix times", (g, x) -> g.matMul(matrix(g, 2, 2), x.get(0)), tokens),
        on("attention", (g, x) -> g.matMul(x.get(0), g.transposeMatrix(x.get(0))), tokens),
        on("gemm", RowRulesTest::gemm, row),
        on("two views", (g, x) -> g.concat(0, x.get(0), x.get(1)), row, row),
        on("two views apart", RowRulesTest::splitViews, row, row),
        on("a token more", (g, x) -> g.concat(1, x.get(0), x.get(0)), tokens),
        on("split as another axis", RowRulesTest::splitAlong, tokens),
        on("padded", (g, x) -> g.pad(x.get(0), List.of(0L, 1L), List.of(0L, 2L)), row),
        on("tiled", (g, x) -> g.tile(x.get(0), 2, 1), row),
        on("looked up", RowRulesTest::lookedUp, row));
  }

  @ParameterizedTest
  @MethodSource("apart")
  void aBatchIsItsParts(RowCase one) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    List<Value> inputs = one.inputs(graph);
    Value y = one.build().apply(graph.ops("case"), inputs);
    Rows rows = BatchCut.of(graph.inputs(), graph.nodes()).rows().get(y);
    assertThat(rows).as("images in %s", y).isNotNull();

    Map<String, Tensor> whole = one.values(inputs);
    JointRows made = new JointRows(spec(y), Objects.requireNonNull(rows).blocks(), false);
    Tensor expected = evaluated(graph, y, whole);
    Tensor first = evaluated(graph, y, parts(inputs, whole, 0, 1));
    Tensor others = evaluated(graph, y, parts(inputs, whole, 1, RowCase.IMAGES - 1));
    assertThat(made.join(List.of(first, others)).toFloats())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(expected.toFloats());
    assertThat(made.part(expected, 1, RowCase.IMAGES - 1).toFloats())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(others.toFloats());
  }

  @Test
  void everyRuleIsTried() {
    TreeSet<String> tried = new TreeSet<>();
    apart()
        .forEach(
            one -> {
              GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
              one.build().apply(graph.ops("case"), one.inputs(graph));
              graph.nodes().stream().map(Node::op).forEach(tried::add);
            });
    // Their own tests: a batch normalisation that learns sees its part, rows have the batch's
    // numbers.
    tried.addAll(List.of("BatchNormInternal", "RowNumbers"));
    assertThat(tried).containsAll(RowRules.ops());
  }

  private static Value elementwise(Ops g, List<Value> x) {
    Value a = x.get(0);
    Value b = g.unsqueeze(x.get(1), 1);
    Value sum = g.add(g.sub(a, b), g.div(g.min(a, b), g.add(g.exp(g.max(a, b)), g.constant(1))));
    List<Value> all =
        List.of(
            g.neg(a),
            g.log(g.add(g.abs(a), g.constant(1))),
            g.sqrt(g.abs(a)),
            g.reciprocal(g.exp(a)),
            g.sign(a),
            g.sin(a),
            g.cos(a),
            g.erf(a),
            g.relu(a),
            g.sigmoid(a),
            g.tanh(a),
            g.softplus(a),
            g.gelu(a),
            g.clip(a, -1, 1),
            g.detach(a),
            g.zerosLike(a),
            g.pow(g.abs(a), 1.5),
            g.expandLike(b, a));
    return all.stream().reduce(sum, g::add);
  }

  private static Value compared(Ops g, List<Value> x) {
    Value a = x.get(0);
    Value b = x.get(1);
    Value whole = g.cast(g.mul(a, 10), ElementType.INT64);
    Value any =
        g.or(
            g.and(g.less(a, b), g.not(g.greater(a, g.constant(0)))),
            g.or(g.equal(g.mod(whole, g.integer(3)), g.integer(0)), g.or(g.isNaN(a), g.isInf(a))));
    return g.where(any, a, b);
  }

  private static Value chosen(Ops g, List<Value> x) {
    return g.gatherElements(x.get(0), g.topK(x.get(0), 2, 1).get(1), 1);
  }

  private static Value scattered(Ops g, List<Value> x) {
    List<Value> top = g.topK(x.get(0), 2, 1);
    return g.scatterAdd(x.get(0), top.get(1), top.get(0), 1);
  }

  private static Value reduced(Ops g, List<Value> x) {
    Value a = x.get(0);
    Value sum = g.add(g.reduceSum(a, false, 1), g.reduceMean(a, false, 1));
    Value extremes = g.add(g.reduceMax(a, false, 1), g.reduceMin(a, false, 1));
    return g.add(g.add(sum, extremes), g.reduceLogSumExp(a, false, 1));
  }

  private static Shape joined(long perImage) {
    return new Shape(List.of(new Dim(perImage, 0)));
  }

  private static Value tokensAsRows(Ops g, Value tokens) {
    Shape rows = new Shape(List.of(new Dim(2, 0), tokens.shape().dim(2)));
    return g.reshape(tokens, rows);
  }

  /** float[2, N, 3] as float[2N, 3]: a batch after the other. */
  private static Value blocksOfRows(Ops g, List<Value> x) {
    return tokensAsRows(g, g.transpose(x.get(0), 1, 0, 2));
  }

  private static Value convolved(Ops g, List<Value> x) {
    Value weight = g.reshape(matrix(g, 2, 18), Shape.of(2, 2, 3, 3));
    return g.conv(x.get(0), weight, Window.of(3).padding(1));
  }

  private static Value normalised(Ops g, List<Value> x) {
    Value ones = g.constant(Tensor.of(new float[] {1, 2}, 2));
    Value map = g.batchNormInference(x.get(0), ones, ones, ones, ones, 1e-5);
    Value gain = g.constant(Tensor.of(new float[] {1, 2, 3}, 3));
    Value tokens = g.layerNorm(x.get(1), gain, gain, 1e-5).get(0);
    return g.add(g.reduceMean(map, false, 2, 3), g.reduceMean(tokens, false, 2));
  }

  private static Value gemm(Ops g, List<Value> x) {
    return g.gemm(x.get(0), matrix(g, 2, 3), g.constant(1), false, true);
  }

  private static Value splitViews(Ops g, List<Value> x) {
    Value both = g.mul(g.concat(0, x.get(0), x.get(1)), 2);
    List<Value> apart = g.splitLike(both, 0, x);
    return g.sub(apart.get(0), apart.get(1));
  }

  private static Value splitAlong(Ops g, List<Value> x) {
    Value twice = g.concat(1, x.get(0), x.get(0));
    return g.splitLike(twice, 1, List.of(x.get(0), x.get(0))).get(1);
  }

  private static Value lookedUp(Ops g, List<Value> x) {
    Value places = g.mod(g.cast(g.abs(g.mul(x.get(0), 10)), ElementType.INT64), g.integer(3));
    return g.gather(matrix(g, 3, 2), places);
  }

  private static TensorSpec spec(Value value) {
    return new TensorSpec(value.name(), value.type(), value.shape());
  }

  private static Map<String, Tensor> parts(
      List<Value> inputs, Map<String, Tensor> whole, int first, int count) {
    Map<String, Tensor> parts = new LinkedHashMap<>();
    for (Value input : inputs) {
      Tensor all = Objects.requireNonNull(whole.get(input.name()));
      parts.put(input.name(), new JointRows(spec(input), 1, false).part(all, first, count));
    }
    return parts;
  }

  private static Tensor evaluated(GraphBuilder graph, Value y, Map<String, Tensor> fed) {
    return Objects.requireNonNull(OrtEvaluator.evaluate(graph.build(Map.of("y", y)), fed).get("y"));
  }
}
