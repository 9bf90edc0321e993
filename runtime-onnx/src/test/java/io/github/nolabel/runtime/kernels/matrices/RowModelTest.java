package io.github.nolabel.runtime.kernels.matrices;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowModelTest {

  /** Roundings to eight bits add up through two layers and back. */
  private static final double TOLERANCE = 2e-2;

  private static final long ROWS = 1040;

  private final OperatorRun run = new OperatorRun();

  @Test
  void betweenTwoLayersAllIsRoundedAndEachTensorOnce() {
    assertThat(nodes(layers().bytes()))
        .containsExactly(
            "LayerNormalization(x, gain, shift) -> n, mean, inverse",
            "Round(n) -> n/rows",
            "ProductAY(n/rows, v, b) -> h/rows",
            "Gelu(h/rows) -> g/rows",
            "ProductA(g/rows, w, c) -> y",
            "ProductA(g/rows, dy) -> dw",
            "ProductY(dy, w) -> dg/rows",
            "GeluGrad(dg/rows, h/rows) -> dh/rows",
            "LeadingSum(dh/rows) -> db",
            "ProductAB(n/rows, dh/rows) -> dv",
            "ProductA(dh/rows, v) -> dn",
            "LayerNormalizationGrad(dn, x, gain, mean, inverse) -> dx, dgain, dshift");
  }

  @Test
  void theResultsAreThoseOfFloat32AsFarAsTheDigitsGo() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    run.assertAgree(layers(), Arithmetic.BF16, TOLERANCE);
  }

  @Test
  void theSameThreadsGiveTheSameBits() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    run.assertRepeats(layers(), Arithmetic.BF16);
  }

  @Test
  void whatAnyOtherOperatorReadsStaysFloat32() {
    OnnxText text =
        weights()
            .node("h = MatMul(x, v)")
            .node("g = Gelu(h)")
            .node("e = Exp(h)")
            .node("y = MatMul(g, w)");
    assertThat(RowModel.rewritten(text.bytes())).isEqualTo(text.bytes());
  }

  @Test
  void resultsOfTheGraphStayFloat32() {
    OnnxText text =
        weights()
            .node("h = MatMul(x, v)")
            .node("y = MatMul(h, w)")
            .outputs(List.of(TensorSpec.floats("h", Shape.of(ROWS, 96))));
    assertThat(RowModel.rewritten(text.bytes())).isEqualTo(text.bytes());
  }

  @Test
  void productsOfWhatIsNormalisedOtherwiseStayAsTheyAre() {
    OnnxText text =
        weights().node("z = Div(x, norm)").node("s = MatMul(z, z)").node("y = Softmax(s)");
    assertThat(RowModel.rewritten(text.bytes())).isEqualTo(text.bytes());
  }

  @Test
  void aBiasIsAddedToRowsOfItsLengthOnly() {
    OnnxText text =
        weights()
            .node("h = MatMul(x, v)")
            .node("i = Add(b, h)")
            .node("j = MatMul(i, w)")
            .node("y = Add(j, one)");
    assertThat(nodes(text.bytes()))
        .containsExactly(
            "ProductY(x, v, b) -> i/rows", "ProductA(i/rows, w) -> j", "Add(j, one) -> y");
  }

  @Test
  void movesPassRoundedTensorsOnAndWaitersDoNotMind() {
    OnnxText text =
        weights()
            .node("h = MatMul(x, v)")
            .node("e = Shape(h)")
            .microsoft("done = Group(h)")
            .constants("sizes", 48, 48)
            .node("p, q = Split(h, sizes)", attribute("axis", -1L))
            .node("t = Transpose(q)", attribute("perm", List.of(1L, 0L)))
            .node("y = MatMul(p, t)");
    assertThat(nodes(text.bytes()))
        .containsExactly(
            "ProductY(x, v) -> h/rows",
            "Shape(h/rows) -> e",
            "Group(h/rows) -> done",
            "Split(h/rows, sizes) -> p/rows, q/rows",
            "Transpose(q/rows) -> t/rows",
            "ProductAB(p/rows, t/rows) -> y");
  }

  @Test
  void sumsOverOtherAxesReadFloat32() {
    OnnxText text =
        weights()
            .constants("last", 1)
            .node("h = MatMul(x, v)")
            .node("s = ReduceSum(h, last)")
            .node("y = MatMul(h, w)");
    assertThat(RowModel.rewritten(text.bytes())).isEqualTo(text.bytes());
  }

  @Test
  void movedPartsAreThoseOfFloat32() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    OnnxModel model = attention();
    assertThat(nodes(model.bytes())).filteredOn(node -> node.contains("Concat(")).isNotEmpty();
    assertThat(nodes(model.bytes())).allMatch(node -> !node.startsWith("Round"));
    run.assertAgree(model, Arithmetic.BF16, TOLERANCE);
  }

  /** What attention does to what a product writes, and the way back of its gradients. */
  private static OnnxModel attention() {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.of(16, 65, 96)),
            TensorSpec.floats("v", Shape.of(96, 192)),
            TensorSpec.floats("b", Shape.of(192)),
            TensorSpec.floats("w", Shape.of(64, 96)));
    List<TensorSpec> outputs =
        List.of(
            TensorSpec.floats("y", Shape.of(16, 65, 96)),
            TensorSpec.floats("z", Shape.of(16, 65, 96)),
            TensorSpec.floats("s", Shape.of(1, 1, 192)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .constants("split", -1, 65, 3, 1, 64)
            .constants("ones", 1, 1, 1)
            .constants("first", 0)
            .constants("join", -1, 65, 64)
            .constants("leading", 0, 1)
            .node("h = MatMul(x, v)")
            .node("a = Add(h, b)")
            .node("r = Reshape(a, split)")
            .node("t = Transpose(r)", attribute("perm", List.of(2L, 0L, 3L, 1L, 4L)))
            .node("p1, p2, p3 = Split(t, ones)", attribute("axis", 0L))
            .node("q = Squeeze(p1, first)")
            .node("k = Squeeze(p2, first)")
            .node("c = Squeeze(p3, first)")
            .node("kt = Transpose(k)", attribute("perm", List.of(0L, 1L, 3L, 2L)))
            .node("scores = MatMul(q, kt)")
            .node("m = Softmax(scores)", attribute("axis", -1L))
            .node("o = MatMul(m, c)")
            .node("f = Transpose(o)", attribute("perm", List.of(0L, 2L, 1L, 3L)))
            .node("u = Reshape(f, join)")
            .node("y = MatMul(u, w)")
            .node("joined = Concat(u, u, u)", attribute("axis", -1L))
            .node("s = ReduceSum(joined, leading)")
            .node("vt = Transpose(v)", attribute("perm", List.of(1L, 0L)))
            .node("z = MatMul(joined, vt)")
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  /** {@code w gelu(v norm(x) + b) + c} and its gradients. */
  private static OnnxModel layers() {
    List<TensorSpec> inputs = new ArrayList<>();
    specs(inputs, Shape.of(ROWS, 96), "x", "dy");
    specs(inputs, Shape.of(96), "gain", "shift", "c");
    specs(inputs, Shape.of(96, 192), "v");
    specs(inputs, Shape.of(192), "b");
    specs(inputs, Shape.of(192, 96), "w");
    List<TensorSpec> outputs = new ArrayList<>();
    specs(outputs, Shape.of(ROWS, 96), "y", "dx");
    specs(outputs, Shape.of(192, 96), "dw");
    specs(outputs, Shape.of(192), "db");
    specs(outputs, Shape.of(96, 192), "dv");
    specs(outputs, Shape.of(96), "dgain", "dshift");
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .constants("rows", 0)
            .node("n, mean, inverse = LayerNormalization(x, gain, shift)", attribute("axis", -1L))
            .node("hv = MatMul(n, v)")
            .node("h = Add(hv, b)")
            .node("g = Gelu(h)")
            .node("yw = MatMul(g, w)")
            .node("y = Add(yw, c)")
            .microsoft("dw = FusedMatMul(g, dy)", attribute("transA", 1L))
            .microsoft("dg = FusedMatMul(dy, w)", attribute("transB", 1L))
            .microsoft("dh = GeluGrad(dg, h)")
            .node("db = ReduceSum(dh, rows)", attribute("keepdims", 0L))
            .microsoft("dv = FusedMatMul(n, dh)", attribute("transA", 1L))
            .microsoft("dn = FusedMatMul(dh, v)", attribute("transB", 1L))
            .microsoft(
                "dx, dgain, dshift = LayerNormalizationGrad(dn, x, gain, mean, inverse)",
                attribute("axis", -1L))
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static void specs(List<TensorSpec> specs, Shape shape, String... names) {
    Arrays.stream(names).forEach(name -> specs.add(TensorSpec.floats(name, shape)));
  }

  private static OnnxText weights() {
    return new OnnxText()
        .inputs(
            List.of(
                TensorSpec.floats("x", Shape.of(ROWS, 96)),
                TensorSpec.floats("v", Shape.of(96, 96)),
                TensorSpec.floats("w", Shape.of(96, 96)),
                TensorSpec.floats("b", Shape.of(96)),
                TensorSpec.floats("one", Shape.of(1))));
  }

  private static List<String> nodes(byte[] model) {
    return OnnxText.graph(RowModel.rewritten(model)).getNodeList().stream()
        .map(RowModelTest::line)
        .toList();
  }

  private static String line(NodeProto node) {
    return "%s(%s) -> %s"
        .formatted(
            node.getOpType(),
            String.join(", ", node.getInputList()),
            String.join(", ", node.getOutputList()));
  }
}
