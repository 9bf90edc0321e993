package io.github.nolabel.runtime.kernels.convolution;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceConfig.ImageGradient;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransposedGradientsTest {

  private static final double ROUNDING = 1e-5;
  private static final List<String> ALL = List.of("dx", "dweight", "dbias");

  private final OperatorRun operators = new OperatorRun();

  static List<ConvolutionCase> cases() {
    return ConvolutionCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theGradientsAreThoseOfOneOperator(ConvolutionCase row) {
    OnnxModel model = row.backward(ALL);
    OnnxModel apart = apart(model);
    boolean strided = row.shape().window().strides().stream().anyMatch(stride -> stride > 1);
    assertThat(types(apart))
        .isEqualTo(strided ? List.of("ConvGrad") : List.of("ConvTranspose", "ConvGrad"));
    Map<String, Tensor> actual = operators.results(apart, 2, KernelChoice.NONE);
    operators
        .results(model, 2, KernelChoice.NONE)
        .forEach(
            (name, expected) ->
                assertThat(OperatorRun.distance(named(actual, name), expected))
                    .as(name)
                    .isLessThan(ROUNDING));
  }

  @Test
  void nobodyIsAskedForWhatNobodyWants() {
    ConvolutionCase row = cases().get(2);
    assertThat(types(apart(row.backward(List.of("dx"))))).containsExactly("ConvTranspose");
    OnnxModel weights = row.backward(List.of("dweight", "dbias"));
    byte[] bytes = weights.bytes();
    assertThat(TransposedGradients.rewritten(bytes)).isSameAs(bytes);
  }

  @Test
  void theOptionIsForTheRuntimesOwnKernels() {
    OnnxModel model = cases().get(2).backward(ALL);
    assertThat(opened(model, KernelChoice.NONE, ImageGradient.TRANSPOSED))
        .containsExactly("ConvTranspose", "ConvGrad");
    assertThat(opened(model, KernelChoice.NONE, ImageGradient.TOGETHER))
        .containsExactly("ConvGrad");
    assertThat(opened(model, OperatorRun.ours(model), ImageGradient.TRANSPOSED))
        .doesNotContain("ConvTranspose");
  }

  private static List<String> opened(OnnxModel model, KernelChoice choice, ImageGradient gradient) {
    try (SessionKernels kernels = SessionKernels.open(OrtLibrary.load(), choice, 1)) {
      byte[] training = kernels.training(model.bytes(), gradient, false);
      return types(new OnnxModel(training, model.inputs(), model.outputs()));
    }
  }

  private static OnnxModel apart(OnnxModel model) {
    return new OnnxModel(
        TransposedGradients.rewritten(model.bytes()), model.inputs(), model.outputs());
  }

  private static List<String> types(OnnxModel model) {
    return OnnxText.graph(model.bytes()).getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
