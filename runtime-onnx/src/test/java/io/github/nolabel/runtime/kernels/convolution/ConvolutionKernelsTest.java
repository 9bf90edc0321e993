package io.github.nolabel.runtime.kernels.convolution;

import static io.github.nolabel.runtime.ToyProgram.named;
import static io.github.nolabel.runtime.kernels.OperatorRun.ours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** oneDNN's convolutions against ONNX Runtime's own. */
class ConvolutionKernelsTest {

  private static final double TOLERANCE = 1e-5;

  /** Half of the last of eight bits, twice, adding up at random. */
  private static final double BF16_TOLERANCE = 1e-2;

  private static final List<String> ALL = List.of("dx", "dweight", "dbias");

  private final OperatorRun operators = new OperatorRun();

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.nolabel.runtime.kernels.convolution.ConvolutionCases#all")
  void theResultsAgree(ConvolutionCase row) {
    assertAgree(row.forward());
    assertAgree(
        new ConvolutionCase(row.name(), row.shape().withBias(!row.shape().biased())).forward());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.nolabel.runtime.kernels.convolution.ConvolutionCases#all")
  void theGradientsAgree(ConvolutionCase row) {
    assertAgree(row.backward(ALL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.nolabel.runtime.kernels.convolution.ConvolutionCases#all")
  void gradientsThatNobodyWantsAreLeftOut(ConvolutionCase row) {
    assertAgree(row.backward(List.of("dweight", "dbias")));
    assertAgree(row.backward(List.of("dx", "dweight")));
    assertAgree(row.backward(List.of("dweight")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.nolabel.runtime.kernels.convolution.ConvolutionCases#all")
  void bf16AgreesAsFarAsItsDigitsGo(ConvolutionCase row) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    for (OnnxModel model :
        List.of(row.forward(), row.backward(ALL), row.backward(List.of("dweight")))) {
      Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
      Map<String, Tensor> actual = operators.results(model, 3, ours(model).in(Arithmetic.BF16));
      expected.forEach(
          (name, tensor) -> assertClose(name, named(actual, name), tensor, BF16_TOLERANCE));
      Map<String, Tensor> maps =
          operators.results(model, 3, ours(model).in(Arithmetic.BF16).with(Maps.ALWAYS));
      expected.forEach(
          (name, tensor) -> assertClose(name, named(maps, name), tensor, BF16_TOLERANCE));
      operators
          .results(model, 3, ours(model).in(Arithmetic.BF16))
          .forEach((name, again) -> assertThat(again.sameBits(named(actual, name))).isTrue());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.nolabel.runtime.kernels.convolution.ConvolutionCases#all")
  void theSameThreadsGiveTheSameBits(ConvolutionCase row) {
    Map<String, Tensor> first = operators.results(row.backward(ALL), 3, ours(row.backward(ALL)));
    for (int i = 0; i < 5; i++) {
      operators
          .results(row.backward(ALL), 3, ours(row.backward(ALL)))
          .forEach((name, again) -> assertThat(again.sameBits(named(first, name))).isTrue());
    }
  }

  private void assertAgree(OnnxModel model) {
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE);
    for (int threads : new int[] {1, 3}) {
      for (Maps maps : List.of(Maps.NEVER, Maps.ALWAYS)) {
        Map<String, Tensor> actual = operators.results(model, threads, ours(model).with(maps));
        expected.forEach(
            (name, tensor) -> assertClose(name, named(actual, name), tensor, TOLERANCE));
      }
    }
  }

  private static void assertClose(String name, Tensor actual, Tensor expected, double tolerance) {
    double size = 0;
    double apart = 0;
    for (int i = 0; i < expected.elements(); i++) {
      size = Math.max(size, Math.abs(expected.floats().get(i)));
      apart = Math.max(apart, Math.abs(expected.floats().get(i) - actual.floats().get(i)));
    }
    assertThat(size).as("size of " + name).isPositive();
    assertThat(apart / size).as(name).isLessThan(tolerance);
  }
}
