package io.github.nolabel.runtime.kernels.convolution;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.KernelPolicy;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** oneDNN's convolutions against ONNX Runtime's own. */
class ConvolutionKernelsTest {

  private static final double TOLERANCE = 1e-5;

  /** Half of the last of eight bits, twice, adding up at random. */
  private static final double BF16_TOLERANCE = 1e-2;

  private static final List<String> ALL = List.of("dx", "dweight", "dbias");

  private final OrtLibrary library = OrtLibrary.load();

  static List<ConvolutionCase> cases() {
    Window plain = window(1, 0, 1, 1);
    Window same = window(1, 1, 1, 1);
    return List.of(
        conv("1x1", 3, 8, 9, 16, 8, 1, plain),
        conv("1x1 strided", 3, 8, 9, 16, 8, 1, window(2, 0, 1, 1)),
        conv("3x3", 5, 3, 12, 16, 3, 3, same),
        conv("wide", 4, 64, 7, 96, 64, 3, same),
        conv("odd channels", 3, 5, 9, 7, 5, 3, same),
        conv("strided", 3, 8, 11, 16, 8, 3, window(2, 1, 1, 1)),
        conv("rest at the border", 2, 4, 10, 8, 4, 3, window(3, 0, 1, 1)),
        conv("dilated", 3, 8, 12, 16, 8, 3, window(1, 2, 2, 1)),
        conv("grouped", 3, 16, 9, 32, 8, 3, window(1, 1, 1, 2)),
        conv("many groups", 3, 64, 9, 64, 4, 3, window(1, 1, 1, 16)),
        conv("depthwise", 3, 24, 9, 24, 1, 3, window(1, 1, 1, 24)),
        conv("depthwise 7x7", 2, 16, 14, 16, 1, 7, window(1, 3, 1, 16)),
        conv("depthwise, two each", 3, 8, 9, 16, 1, 3, window(2, 1, 1, 8)),
        conv("narrow", 7, 8, 4, 16, 8, 3, same),
        conv("narrow, strided", 7, 8, 8, 16, 8, 3, window(2, 1, 1, 1)),
        conv("narrow, odd, strided", 6, 8, 7, 16, 8, 5, window(2, 2, 1, 1)),
        conv("narrow, dilated", 4, 8, 6, 16, 8, 3, window(1, 2, 2, 1)),
        conv("tiles", 16, 48, 8, 64, 48, 3, same),
        conv("tiles in several groups", 12, 64, 12, 48, 64, 3, same),
        conv("tiles beyond the border", 18, 96, 7, 128, 96, 3, same),
        conv("tiles without padding", 16, 64, 10, 64, 64, 3, plain),
        conv("tiles, much padding", 16, 64, 6, 64, 64, 3, window(1, 2, 1, 1)),
        conv("few tiles", 6, 144, 8, 128, 144, 3, same),
        conv("few tiles beyond the border", 5, 160, 7, 176, 160, 3, plain),
        conv("rounds of tiles", 40, 256, 16, 72, 256, 3, same),
        conv("columns", 16, 48, 8, 64, 48, 3, window(2, 1, 1, 1)),
        conv("columns, odd", 9, 48, 11, 56, 48, 5, window(3, 2, 1, 1)),
        conv("columns, dilated", 4, 48, 12, 48, 48, 3, window(2, 2, 2, 1)),
        conv("columns, no padding", 7, 64, 10, 48, 64, 3, window(2, 0, 1, 1)),
        conv("patches", 2, 3, 16, 24, 3, 4, window(4, 0, 1, 1)),
        conv("one image", 1, 8, 9, 16, 8, 3, same),
        conv("one pixel left", 6, 8, 3, 16, 8, 3, plain),
        conv(
            "asymmetric pads",
            3,
            8,
            9,
            16,
            8,
            3,
            new Window(List.of(1L, 2L), List.of(0L, 1L, 2L, 3L), List.of(1L, 1L), 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theResultsAgree(ConvolutionCase row) {
    assertAgree(row.forward());
    assertAgree(
        new ConvolutionCase(row.name(), row.shape().withBias(!row.shape().biased())).forward());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theGradientsAgree(ConvolutionCase row) {
    assertAgree(row.backward(ALL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsThatNobodyWantsAreLeftOut(ConvolutionCase row) {
    assertAgree(row.backward(List.of("dweight", "dbias")));
    assertAgree(row.backward(List.of("dx", "dweight")));
    assertAgree(row.backward(List.of("dweight")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void bf16AgreesAsFarAsItsDigitsGo(ConvolutionCase row) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    for (OnnxModel model : List.of(row.forward(), row.backward(ALL))) {
      Map<String, Tensor> expected = run(model, 1, KernelChoice.NONE);
      Map<String, Tensor> actual = run(model, 3, ours(model).in(Arithmetic.BF16));
      expected.forEach(
          (name, tensor) -> assertClose(name, named(actual, name), tensor, BF16_TOLERANCE));
      Map<String, Tensor> maps = run(model, 3, ours(model).in(Arithmetic.BF16).with(Maps.ALWAYS));
      expected.forEach(
          (name, tensor) -> assertClose(name, named(maps, name), tensor, BF16_TOLERANCE));
      run(model, 3, ours(model).in(Arithmetic.BF16))
          .forEach((name, again) -> assertThat(again.sameBits(named(actual, name))).isTrue());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSameThreadsGiveTheSameBits(ConvolutionCase row) {
    Map<String, Tensor> first = run(row.backward(ALL), 3, ours(row.backward(ALL)));
    for (int i = 0; i < 5; i++) {
      run(row.backward(ALL), 3, ours(row.backward(ALL)))
          .forEach((name, again) -> assertThat(again.sameBits(named(first, name))).isTrue());
    }
  }

  /** Root mean squares, of results of 576 products each. */
  @Test
  void tilesRoundToAMillionthOfTheResults() {
    ConvolutionCase row = conv("64 channels", 16, 64, 8, 64, 64, 3, window(1, 1, 1, 1));
    OnnxModel model = new ConvolutionCase(row.name(), row.shape().withBias(false)).forward();
    KernelChoice kernels = ours(model).with(Maps.ALWAYS);
    double tiles = error(row.shape(), named(run(model, 2, kernels), "y"));
    double direct = error(row.shape(), named(run(model, 2, kernels.withTiles(false)), "y"));
    assertThat(direct).isLessThan(6e-7);
    assertThat(tiles).isGreaterThan(direct).isLessThan(2e-6);
  }

  private static double error(ConvolutionShape shape, Tensor y) {
    Map<String, Tensor> inputs =
        ConvolutionCase.filled(
            List.of(
                TensorSpec.floats("x", Shape.of(shape.xExtents())),
                TensorSpec.floats("weight", Shape.of(shape.weightExtents()))),
            true);
    double apart = 0;
    double size = 0;
    for (int i = 0; i < y.elements(); i += 7) {
      double exact = exact(shape, named(inputs, "x"), named(inputs, "weight"), i);
      apart += Math.pow(y.floats().get(i) - exact, 2);
      size += exact * exact;
    }
    return Math.sqrt(apart / size);
  }

  /** A result of a square convolution of stride 1 in float64. */
  private static double exact(ConvolutionShape shape, Tensor x, Tensor weight, int at) {
    int size = (int) shape.y()[2];
    int channels = shape.x().get(1).intValue();
    int image = at / (size * size) / (int) shape.y()[1];
    int to = at / (size * size) % (int) shape.y()[1];
    double sum = 0;
    for (int tap = 0; tap < 9 * channels; tap++) {
      int row = at / size % size + tap / 3 % 3 - 1;
      int column = at % size + tap % 3 - 1;
      if (row >= 0 && row < size && column >= 0 && column < size) {
        int from = ((image * channels + tap / 9) * size + row) * size + column;
        sum += (double) x.floats().get(from) * weight.floats().get(to * channels * 9 + tap);
      }
    }
    return sum;
  }

  @Test
  void aShapeThatDoesNotFitIsAnErrorThatNamesTheNode() {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.of(2, 5, 8, 8)),
            TensorSpec.floats("weight", Shape.of(4, 3, 3, 3)));
    List<TensorSpec> outputs = List.of(TensorSpec.floats("y", Shape.of(2, 4, 6, 6)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("y = Conv(x, weight)", OnnxText.attribute("kernel_shape", List.of(3L, 3L)))
            .outputs(outputs);
    OnnxModel model = new OnnxModel(text.bytes(), inputs, outputs);
    assertThatThrownBy(() -> run(model, 2, ours(model)))
        .isInstanceOf(OnnxRuntimeException.class)
        .hasMessageContaining("Conv node. Name:'node:y'")
        .hasMessageContaining(
            "oneDNN: images [2, 5, 8, 8] and weights [4, 3, 3, 3] do not go together in 1 groups");
  }

  @Test
  void aClosedSessionLeavesNoKernel() {
    run(cases().get(0).forward(), 2, ours(cases().get(0).forward()));
    assertThat(SessionKernels.live()).isZero();
  }

  private void assertAgree(OnnxModel model) {
    Map<String, Tensor> expected = run(model, 1, KernelChoice.NONE);
    for (int threads : new int[] {1, 3}) {
      for (Maps maps : List.of(Maps.NEVER, Maps.ALWAYS)) {
        Map<String, Tensor> actual = run(model, threads, ours(model).with(maps));
        expected.forEach(
            (name, tensor) -> assertClose(name, named(actual, name), tensor, TOLERANCE));
      }
    }
  }

  private static KernelChoice ours(OnnxModel model) {
    KernelChoice kernels = KernelPolicy.covering(List.of(model));
    assertThat(kernels.isEmpty()).isFalse();
    return kernels;
  }

  private Map<String, Tensor> run(OnnxModel model, int threads, KernelChoice kernels) {
    Map<String, Tensor> results = ConvolutionCase.filled(model.outputs(), false);
    DeviceChoice device = new DeviceChoice(false, threads);
    try (ModelRunner runner = new ModelRunner(library, model.bytes(), device, kernels)) {
      // The second run is one of a shape that is known.
      for (int i = 0; i < 2; i++) {
        runner.run(ConvolutionCase.filled(model.inputs(), true), results);
      }
    }
    return results;
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

  private static ConvolutionCase conv(
      String name, long n, long c, long size, long o, long perGroup, long k, Window window) {
    return ConvolutionCase.of(
        name, List.of(n, c, size, size), List.of(o, perGroup, k, k), window, true);
  }

  private static Window window(long stride, long pad, long dilation, long groups) {
    return new Window(
        List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(dilation, dilation), groups);
  }
}
