package io.github.nolabel.runtime.kernels.maps;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.ToyProgram.named;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains of operators whose maps stay in the kernels' layout, against ONNX Runtime's own. */
class MapKernelsTest {

  private static final double TOLERANCE = 1e-4;

  /** Eight bits for each tensor of the chain, and what is near 0 may pass ReLU or not. */
  private static final double BF16_TOLERANCE = 6e-2;

  private final OperatorRun operators = new OperatorRun();

  /** Images, channels, height and width of the maps. */
  static List<long[]> shapes() {
    return List.of(
        new long[] {6, 16, 9, 9},
        new long[] {1, 32, 4, 4},
        new long[] {5, 7, 3, 5},
        new long[] {7, 64, 33, 32},
        new long[] {64, 128, 2, 2},
        new long[] {3, 1, 8, 8});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aBlockAndItsGradientAgree(long[] shape) {
    OnnxModel model = block(shape);
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
    for (int threads : new int[] {1, 3}) {
      assertClose(operators.results(model, threads, onMaps(model)), expected, TOLERANCE);
    }
  }

  /** Without sums of so few numbers that one that passes ReLU or not is much of them. */
  static List<long[]> largerShapes() {
    return shapes().stream().filter(shape -> shape[1] > 1).toList();
  }

  @ParameterizedTest
  @MethodSource("largerShapes")
  void inBf16TheyAgreeAsFarAsItsDigitsGo(long[] shape) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    OnnxModel model = block(shape);
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
    assertClose(
        operators.results(model, 3, onMaps(model).in(Arithmetic.BF16)), expected, BF16_TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theSameThreadsGiveTheSameBits(long[] shape) {
    OnnxModel model = block(shape);
    Map<String, Tensor> first = operators.results(model, 3, onMaps(model));
    for (int i = 0; i < 3; i++) {
      operators
          .results(model, 3, onMaps(model))
          .forEach((name, again) -> assertThat(again.sameBits(named(first, name))).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void onlyTheEndsOfTheChainAreRewritten(long[] shape) {
    OnnxModel model = block(shape);
    byte[] readable = OperatorSets.named(model.bytes());
    List<String> nodes =
        OnnxText.graph(MapModel.rewritten(readable, true)).getNodeList().stream()
            .map(NodeProto::getOpType)
            .toList();
    assertThat(nodes)
        .containsExactly(
            "Entry",
            "Conv",
            "BatchNormRelu",
            "Add",
            "Entry",
            "BatchNormReluGrad",
            "ConvGrad",
            "Exit",
            "Exit");
  }

  /** {@code sum = relu(norm(conv(x))) + x} and the gradient for the first summand. */
  private static OnnxModel block(long[] shape) {
    TensorSpec x = TensorSpec.floats("x", Shape.of(shape));
    TensorSpec dy = TensorSpec.floats("dy", Shape.of(shape));
    TensorSpec weight = TensorSpec.floats("weight", Shape.of(shape[1], shape[1], 3, 3));
    List<TensorSpec> inputs = new ArrayList<>(List.of(x, dy, weight));
    inputs.addAll(vectors(shape[1], "gain", "bias", "mean", "variance"));
    List<TensorSpec> outputs = new ArrayList<>();
    outputs.add(TensorSpec.floats("sum", Shape.of(shape)));
    outputs.add(TensorSpec.floats("dx", Shape.of(shape)));
    outputs.add(TensorSpec.floats("dweight", weight.shape()));
    outputs.addAll(
        vectors(shape[1], "dgain", "dbias", "new_mean", "new_variance", "own_mean", "inverse"));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("c = Conv(x, weight)", window("kernel_shape", 3), pads())
            .microsoft(
                "n, new_mean, new_variance, own_mean, inverse = BatchNormInternal(c, gain, bias,"
                    + " mean, variance)",
                attribute("epsilon", 1e-3f),
                attribute("momentum", 0.8f))
            .node("r = Relu(n)")
            .node("sum = Add(r, x)")
            .microsoft("dn = ReluGrad(dy, r)")
            .microsoft(
                "dc, dgain, dbias = BatchNormalizationGrad(dn, c, gain, own_mean, inverse)",
                attribute("epsilon", 1e-3f))
            .microsoft("dx, dweight = ConvGrad(dc, x, weight)", window("kernel_shape", 3), pads())
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto window(String name, long size) {
    return attribute(name, List.of(size, size));
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto pads() {
    return attribute("pads", List.of(1L, 1L, 1L, 1L));
  }

  private static List<TensorSpec> vectors(long length, String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> TensorSpec.floats(name, Shape.of(length)))
        .toList();
  }
}
