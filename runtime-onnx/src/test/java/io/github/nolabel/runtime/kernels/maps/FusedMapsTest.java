package io.github.nolabel.runtime.kernels.maps;

import static io.github.nolabel.runtime.ToyProgram.named;
import static io.github.nolabel.runtime.kernels.OperatorRun.assertClose;
import static io.github.nolabel.runtime.kernels.OperatorRun.onMaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code r = relu(norm(conv(x)) + other)} and its gradient, in one kernel each, against ONNX
 * Runtime's own operators and against finite differences.
 */
class FusedMapsTest {

  private static final double TOLERANCE = 1e-4;

  /** Eight bits for each tensor of the chain, and what is near 0 may pass ReLU or not. */
  private static final double BF16_TOLERANCE = 9e-2;

  private static final List<String> FUSED = List.of("BatchNormRelu", "BatchNormReluGrad");
  private static final List<String> LEFT =
      List.of("BatchNormInternal", "BatchNormalizationGrad", "Relu", "ReluGrad", "Add");

  /** Small, as numbers that pass 0 on the way bend the line. */
  private static final double STEP = 1e-4;

  private final OperatorRun operators = new OperatorRun();

  /** Nothing added, something added to the norm, the norm added to something, or spread. */
  static Stream<FusedBlock> blocks() {
    return Stream.of(
            new long[] {6, 16, 9, 9},
            new long[] {1, 32, 4, 4},
            new long[] {5, 7, 3, 5},
            new long[] {9, 64, 17, 8},
            new long[] {64, 128, 2, 2},
            new long[] {3, 2, 8, 8})
        .flatMap(
            shape ->
                Stream.of(
                    FusedBlock.of(shape, "n"),
                    FusedBlock.of(shape, "Add(n, q)"),
                    FusedBlock.of(shape, "Add(q, n)", "ds"),
                    FusedBlock.of(shape, "Add(n, q)").withOther(shape[0], shape[1], 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aBlockAgreesWithOnnxRuntime(FusedBlock block) {
    assertThat(block.operators()).containsAll(FUSED).doesNotContainAnyElementsOf(LEFT);
    OnnxModel model = block.model();
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE, inputs(model));
    for (int threads : new int[] {1, 3}) {
      assertClose(
          operators.results(model, threads, onMaps(model), inputs(model)), expected, TOLERANCE);
    }
  }

  /** Without sums of so few numbers that one that passes ReLU or not is much of them. */
  static Stream<FusedBlock> largerBlocks() {
    return blocks().filter(block -> block.perChannel() > 16);
  }

  @ParameterizedTest
  @MethodSource("largerBlocks")
  void inBf16ItAgreesAsFarAsItsDigitsGo(FusedBlock block) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    OnnxModel model = block.model();
    Map<String, Tensor> expected = operators.results(model, 1, KernelChoice.NONE, inputs(model));
    KernelChoice ours = onMaps(model).in(Arithmetic.BF16);
    assertClose(operators.results(model, 3, ours, inputs(model)), expected, BF16_TOLERANCE);
  }

  /** Whoever reads what is in the middle gets it: nothing is fused there. */
  @Test
  void whatOthersReadIsStillWritten() {
    long[] shape = {6, 16, 9, 9};
    for (String middle : List.of("n", "s")) {
      FusedBlock block = FusedBlock.of(shape, "Add(n, q)", middle);
      assertThat(block.operators())
          .contains("BatchNormInternal", "Add", "Relu", "BatchNormReluGrad")
          .doesNotContain("BatchNormRelu");
    }
    FusedBlock block = FusedBlock.of(shape, "n", "arriving");
    assertThat(block.operators()).containsAll(FUSED).contains("Add");
    OnnxModel model = block.model();
    assertClose(
        operators.results(model, 3, onMaps(model), inputs(model)),
        operators.results(model, 1, KernelChoice.NONE, inputs(model)),
        TOLERANCE);
  }

  /** A norm of one position that is spread over what it is added to. */
  @Test
  void theNormMayBeTheOneThatIsSpread() {
    List<TensorSpec> inputs = new ArrayList<>();
    FusedBlock.specs(inputs, Shape.of(5, 7, 1, 1), "x");
    FusedBlock.specs(inputs, Shape.of(5, 7, 4, 3), "o");
    FusedBlock.specs(inputs, Shape.of(7, 7, 3, 3), "weight");
    FusedBlock.specs(inputs, Shape.of(7), "gain", "bias", "mean", "variance");
    List<TensorSpec> outputs = new ArrayList<>();
    FusedBlock.specs(outputs, Shape.of(5, 7, 4, 3), "r");
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("q = Conv(o, weight)", FusedBlock.kernel(), FusedBlock.pads())
            .node("c = Conv(x, weight)", FusedBlock.kernel(), FusedBlock.pads())
            .microsoft("n, nm, nv, om, inv = BatchNormInternal(c, gain, bias, mean, variance)")
            .node("s = Add(q, n)")
            .node("r = Relu(s)")
            .outputs(outputs);
    OnnxModel model = new OnnxModel(text.bytes(), inputs, outputs);
    assertClose(
        operators.results(model, 3, onMaps(model), inputs(model)),
        operators.results(model, 1, KernelChoice.NONE, inputs(model)),
        TOLERANCE);
  }

  /** Along a random direction, the difference of sum(r * (g + h)) is the gradient's share. */
  @ParameterizedTest
  @MethodSource("blocks")
  void theGradientIsWhatDifferencesSay(FusedBlock block) {
    OnnxModel model = block.model();
    Map<String, Tensor> inputs = inputs(model);
    Tensor gradient = named(operators.results(model, 2, onMaps(model), inputs), "dx");
    float[] direction = new float[gradient.elements()];
    SplittableRandom numbers = new SplittableRandom(7);
    double expected = 0;
    double size = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = numbers.nextDouble() < 0.5 ? -1 : 1;
      expected += direction[i] * (double) gradient.floats().get(i);
      size += Math.pow(gradient.floats().get(i), 2);
    }
    double difference = loss(model, direction, STEP) - loss(model, direction, -STEP);
    assertThat(difference / (2 * STEP)).isCloseTo(expected, within(0.03 * Math.sqrt(size)));
  }

  private double loss(OnnxModel model, float[] direction, double step) {
    Map<String, Tensor> inputs = inputs(model);
    Tensor x = named(inputs, "x");
    for (int i = 0; i < direction.length; i++) {
      x.floats().put(i, (float) (x.floats().get(i) + step * direction[i]));
    }
    Map<String, Tensor> results = operators.results(model, 2, onMaps(model), inputs);
    double loss = 0;
    for (int i = 0; i < named(results, "r").elements(); i++) {
      float arriving = named(results, "g").floats().get(i) + named(results, "h").floats().get(i);
      loss += named(results, "r").floats().get(i) * (double) arriving;
    }
    return loss;
  }

  private static Map<String, Tensor> inputs(OnnxModel model) {
    return OperatorRun.filled(model.inputs(), true);
  }
}
