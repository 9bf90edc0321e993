package io.github.nolabel.runtime.kernels.maps;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.kernels.OperatorRun.assertClose;
import static io.github.nolabel.runtime.kernels.OperatorRun.onMaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maxima over windows of what a convolution gives, and their gradient, against ONNX Runtime's. */
class PoolingKernelTest {

  private static final double TOLERANCE = 1e-5;

  /** Where two numbers round to one, another of them may get the gradient. */
  private static final double BF16_TOLERANCE = 0.3;

  private final OperatorRun operators = new OperatorRun();

  record Pool(
      long images, long channels, long size, long kernel, long stride, long pad, long gaps) {

    long pooled() {
      return (size + 2 * pad - gaps * (kernel - 1) - 1) / stride + 1;
    }
  }

  static List<Pool> pools() {
    return List.of(
        new Pool(4, 16, 12, 3, 2, 1, 1),
        new Pool(5, 7, 9, 2, 2, 0, 1),
        new Pool(1, 64, 24, 3, 2, 1, 1),
        new Pool(3, 8, 10, 3, 1, 1, 2),
        new Pool(2, 16, 5, 5, 5, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("pools")
  void maximaAndTheirGradientAgree(Pool pool) {
    OnnxModel model = model(pool, 0);
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
    for (int threads : new int[] {1, 3}) {
      assertClose(operators.results(model, threads, onMaps(model)), expected, TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("pools")
  void inBf16TheyAgreeAsFarAsItsDigitsGo(Pool pool) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    OnnxModel model = model(pool, 0);
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
    assertClose(
        operators.results(model, 3, onMaps(model).in(Arithmetic.BF16)), expected, BF16_TOLERANCE);
  }

  @Test
  void nothingIsRewrittenInBetween() {
    assertThat(nodes(model(pools().get(0), 0)))
        .containsExactly(
            "Shape",
            "Entry",
            "Conv",
            "MaxPool",
            "Neg",
            "Entry",
            "MaxPoolGrad",
            "ConvGrad",
            "Exit",
            "Exit");
  }

  /** A scatter into something else than zeros is no gradient. */
  @Test
  void whatOnlyLooksLikeItStays() {
    OnnxModel model = model(pools().get(0), 1);
    assertThat(nodes(model)).contains("ScatterElements").doesNotContain("MaxPoolGrad");
    assertClose(
        operators.results(model, 1, onMaps(model)),
        operators.results(model, 1, KernelChoice.NONE),
        TOLERANCE);
  }

  private static List<String> nodes(OnnxModel model) {
    byte[] readable = OperatorSets.named(model.bytes());
    return OnnxText.graph(MapModel.rewritten(readable, true)).getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  /** {@code y = maxPool(conv(x))} and the gradient, which is added to {@code beginning}. */
  private static OnnxModel model(Pool pool, float beginning) {
    TensorSpec x = maps("x", pool, pool.size());
    TensorSpec dy = maps("dy", pool, pool.pooled());
    TensorSpec weight =
        TensorSpec.floats("weight", Shape.of(pool.channels(), pool.channels(), 1, 1));
    List<TensorSpec> inputs = List.of(x, dy, weight);
    List<TensorSpec> outputs =
        List.of(
            maps("y", pool, pool.pooled()),
            maps("dx", pool, pool.size()),
            TensorSpec.floats("dweight", weight.shape()));
    OnnxText text =
        new OnnxText()
            .constants("flat", -1)
            .inputs(inputs)
            .node("shape = Shape(x)")
            .node("c = Conv(x, weight)", square("kernel_shape", 1))
            .node(
                "y, places = MaxPool(c)",
                square("kernel_shape", pool.kernel()),
                square("strides", pool.stride()),
                square("dilations", pool.gaps()),
                attribute("pads", List.of(pool.pad(), pool.pad(), pool.pad(), pool.pad())))
            .node("flat_c = Reshape(c, flat)")
            .node("length = Shape(flat_c)")
            .node(
                "zeros = ConstantOfShape(length)",
                attribute("value", Tensor.of(new float[] {beginning}, 1)))
            .node("flat_places = Reshape(places, flat)")
            .node("minus = Neg(dy)")
            .node("flat_dy = Reshape(minus, flat)")
            .node(
                "flat_dc = ScatterElements(zeros, flat_places, flat_dy)",
                attribute("axis", 0),
                attribute("reduction", "add"))
            .node("dc = Reshape(flat_dc, shape)")
            .microsoft("dx, dweight = ConvGrad(dc, x, weight)", square("kernel_shape", 1))
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto square(String name, long size) {
    return attribute(name, List.of(size, size));
  }

  private static TensorSpec maps(String name, Pool pool, long size) {
    return TensorSpec.floats(name, Shape.of(pool.images(), pool.channels(), size, size));
  }
}
