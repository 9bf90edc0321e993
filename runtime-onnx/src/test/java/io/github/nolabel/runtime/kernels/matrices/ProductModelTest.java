package io.github.nolabel.runtime.kernels.matrices;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.DeviceConfig.ImageGradient;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductModelTest {

  private static final double BF16_TOLERANCE = 1e-2;

  @Test
  void productsReadTurnedInputsWhereTheyLie() {
    assertThat(nodes(layer())).containsExactly("FusedMatMul", "FusedMatMul");
  }

  @Test
  void inFloat32TheModelStaysAsItIs() {
    OnnxModel model = layer();
    byte[] bytes = model.bytes();
    try (SessionKernels kernels =
        SessionKernels.open(OrtLibrary.load(), OperatorRun.ours(model), 1)) {
      assertThat(kernels.training(bytes, ImageGradient.TOGETHER, false)).isSameAs(bytes);
    }
  }

  @Test
  void copiesThatOthersReadStay() {
    OnnxText text =
        new OnnxText()
            .node("t = Transpose(x)", attribute("perm", List.of(1L, 0L)))
            .node("y = MatMul(t, dy)")
            .node("z = Relu(t)");
    assertThat(nodes(new OnnxModel(text.bytes(), List.of(), List.of())))
        .containsExactly("Transpose", "FusedMatMul", "Relu");
  }

  @Test
  void whatIsTurnedTwiceIsReadAsItLies() {
    OnnxText text =
        new OnnxText()
            .node("t = Transpose(w)", attribute("perm", List.of(1L, 0L)))
            .node("u = Transpose(t)", attribute("perm", List.of(1L, 0L)))
            .node("y = MatMul(dy, u)");
    assertThat(nodes(new OnnxModel(text.bytes(), List.of(), List.of())))
        .containsExactly("FusedMatMul");
  }

  @Test
  void turnedResultsAreWrittenSo() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    assertThat(nodes(turned(96, 64))).containsExactly("FusedMatMul");
    new OperatorRun().assertAgree(turned(96, 64), Arithmetic.BF16, BF16_TOLERANCE);
  }

  @Test
  void whereAFactorMayBeAVectorTheResultIsTurnedAfterwards() {
    OnnxText text =
        new OnnxText()
            .node("t = Transpose(x)", attribute("perm", List.of(0L, 2L, 1L)))
            .node("p = MatMul(t, dy)")
            .node("y = Transpose(p)", attribute("perm", List.of(1L, 0L)))
            .node("z = Relu(y)");
    assertThat(nodes(new OnnxModel(text.bytes(), List.of(), List.of())))
        .containsExactly("FusedMatMul", "Transpose", "Relu");
  }

  @Test
  void wideResultsAreTurnedAfterwards() {
    assertThat(nodes(turned(64, 96))).containsExactly("FusedMatMul", "Transpose");
  }

  @Test
  void otherOrdersOfAxesAreCopied() {
    OnnxText text =
        new OnnxText()
            .node("t = Transpose(x)", attribute("perm", List.of(0L, 2L, 1L, 3L)))
            .node("y = MatMul(t, dy)");
    assertThat(nodes(new OnnxModel(text.bytes(), List.of(), List.of())))
        .containsExactly("Transpose", "MatMul");
  }

  @Test
  void theResultsAreThoseOfTheModelAsItWas() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    new OperatorRun().assertAgree(layer(), Arithmetic.BF16, BF16_TOLERANCE);
  }

  /** The gradients of {@code x w} for w and for x. */
  private static OnnxModel layer() {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.of(1040, 96)),
            TensorSpec.floats("w", Shape.of(96, 64)),
            TensorSpec.floats("dy", Shape.of(1040, 64)));
    List<TensorSpec> outputs =
        List.of(
            TensorSpec.floats("dw", Shape.of(96, 64)), TensorSpec.floats("dx", Shape.of(1040, 96)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("xt = Transpose(x)", attribute("perm", List.of(1L, 0L)))
            .node("dw = MatMul(xt, dy)")
            .node("wt = Transpose(w)", attribute("perm", List.of(1L, 0L)))
            .node("dx = MatMul(dy, wt)")
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  @Test
  void productsMultiplyByTheNumbersBeforeAndBehindThem() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    assertThat(nodes(scaled())).containsExactly("FusedMatMul", "Exp", "FusedMatMul", "FusedMatMul");
    new OperatorRun().assertAgree(scaled(), Arithmetic.BF16, BF16_TOLERANCE);
  }

  @Test
  void numbersStayWhereOthersReadWhatTheyMultiply() {
    OnnxText text =
        new OnnxText()
            .constant("half", 0.5)
            .node("s = Mul(x, half)")
            .node("y = MatMul(s, w)")
            .node("z = Relu(s)")
            .node("t = Mul(y, half)")
            .node("u = Relu(y)")
            .node("v = Exp(t)");
    assertThat(nodes(new OnnxModel(text.bytes(), List.of(), List.of())))
        .containsExactly("Mul", "MatMul", "Relu", "Mul", "Relu", "Exp");
  }

  private static OnnxModel scaled() {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.of(1040, 96)), TensorSpec.floats("w", Shape.of(96, 96)));
    List<TensorSpec> outputs =
        List.of(
            TensorSpec.floats("y", Shape.of(1040, 96)), TensorSpec.floats("z", Shape.of(96, 96)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .constant("half", 0.5)
            .constant("three", 3)
            .node("p = MatMul(x, w)")
            .node("s = Mul(half, p)")
            .node("e = Exp(s)")
            .node("t = Mul(e, three)")
            .node("y = MatMul(t, w)")
            .microsoft("z = FusedMatMul(t, x)", attribute("transA", 1L))
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  /** The gradient of {@code x w} for w, turned; the model tells its extents. */
  private static OnnxModel turned(long rows, long columns) {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.of(1040, rows)),
            TensorSpec.floats("dy", Shape.of(1040, columns)));
    List<TensorSpec> outputs = List.of(TensorSpec.floats("dw", Shape.of(columns, rows)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .told(List.of(TensorSpec.floats("p", Shape.of(rows, columns))))
            .node("xt = Transpose(x)", attribute("perm", List.of(1L, 0L)))
            .node("p = MatMul(xt, dy)")
            .node("dw = Transpose(p)", attribute("perm", List.of(1L, 0L)))
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static List<String> nodes(OnnxModel model) {
    return OnnxText.graph(ProductModel.rewritten(model.bytes())).getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }
}
