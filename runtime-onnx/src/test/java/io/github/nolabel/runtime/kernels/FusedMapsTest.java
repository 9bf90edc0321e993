package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final OrtLibrary library = OrtLibrary.load();

  /**
   * A block whose gradient is a sum where it arrives.
   *
   * @param before what ReLU reads: the norm n, or a sum of it and q
   * @param other extents of q, a convolution's
   * @param watched results besides those that every block has
   */
  private record Block(Shape shape, String before, Shape other, List<String> watched) {

    static Block of(long[] extents, String before, String... watched) {
      Shape shape = Shape.of(extents);
      return new Block(shape, before, shape, List.of(watched));
    }

    Block withOther(long... extents) {
      return new Block(shape, before, Shape.of(extents), watched);
    }

    long channels() {
      return shape.dims().get(1).extent();
    }

    /** Numbers of one channel. */
    long perChannel() {
      return shape.elements().extent() / channels();
    }

    OnnxModel model() {
      long channels = channels();
      List<TensorSpec> inputs = new ArrayList<>();
      specs(inputs, shape, "x", "dy", "more");
      specs(inputs, other, "o");
      specs(inputs, Shape.of(channels, channels, 3, 3), "weight");
      specs(inputs, Shape.of(channels), "gain", "bias", "mean", "variance");
      List<TensorSpec> outputs = new ArrayList<>();
      specs(outputs, shape, "r", "dx", "g", "h");
      specs(outputs, Shape.of(channels, channels, 3, 3), "dweight");
      specs(outputs, Shape.of(channels), "dgain", "dbias", "new_mean", "new_variance");
      specs(outputs, shape, watched.toArray(String[]::new));
      return new OnnxModel(text(inputs, outputs).bytes(), inputs, outputs);
    }

    private OnnxText text(List<TensorSpec> inputs, List<TensorSpec> outputs) {
      OnnxText text =
          new OnnxText()
              .inputs(inputs)
              .node("q = Conv(o, weight)", kernel(), pads())
              .node("c = Conv(x, weight)", kernel(), pads())
              .node("g = Conv(dy, weight)", kernel(), pads())
              .node("h = Conv(more, weight)", kernel(), pads())
              .microsoft(
                  "n, new_mean, new_variance, own_mean, inverse = BatchNormInternal(c, gain, bias,"
                      + " mean, variance)",
                  attribute("epsilon", 1e-3f));
      OnnxText activated =
          before.equals("n")
              ? text.node("r = Relu(n)")
              : text.node("s = " + before).node("r = Relu(s)");
      return activated
          .node("arriving = Add(g, h)")
          .microsoft("ds = ReluGrad(arriving, r)")
          .microsoft(
              "dc, dgain, dbias = BatchNormalizationGrad(ds, c, gain, own_mean, inverse)",
              attribute("epsilon", 1e-3f))
          .microsoft("dx, dweight = ConvGrad(dc, x, weight)", kernel(), pads())
          .outputs(outputs);
    }

    private static void specs(List<TensorSpec> specs, Shape shape, String... names) {
      Arrays.stream(names).forEach(name -> specs.add(TensorSpec.floats(name, shape)));
    }

    List<String> operators() {
      byte[] model = model().bytes();
      return OnnxText.graph(MapModel.rewritten(OperatorSets.named(model), ours(model())))
          .getNodeList()
          .stream()
          .map(NodeProto::getOpType)
          .toList();
    }

    @Override
    public String toString() {
      return "%s %s + %s, %s".formatted(before, shape, other, watched);
    }
  }

  private static AttributeProto kernel() {
    return attribute("kernel_shape", List.of(3L, 3L));
  }

  private static AttributeProto pads() {
    return attribute("pads", List.of(1L, 1L, 1L, 1L));
  }

  /** Nothing added, something added to the norm, the norm added to something, or spread. */
  static Stream<Block> blocks() {
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
                    Block.of(shape, "n"),
                    Block.of(shape, "Add(n, q)"),
                    Block.of(shape, "Add(q, n)", "ds"),
                    Block.of(shape, "Add(n, q)").withOther(shape[0], shape[1], 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aBlockAgreesWithOnnxRuntime(Block block) {
    assertThat(block.operators()).containsAll(FUSED).doesNotContainAnyElementsOf(LEFT);
    OnnxModel model = block.model();
    Map<String, Tensor> expected = run(model, 1, KernelChoice.NONE, inputs(model));
    for (int threads : new int[] {1, 3}) {
      assertClose(run(model, threads, ours(model), inputs(model)), expected, TOLERANCE);
    }
  }

  /** Without sums of so few numbers that one that passes ReLU or not is much of them. */
  static Stream<Block> largerBlocks() {
    return blocks().filter(block -> block.perChannel() > 16);
  }

  @ParameterizedTest
  @MethodSource("largerBlocks")
  void inBf16ItAgreesAsFarAsItsDigitsGo(Block block) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    OnnxModel model = block.model();
    Map<String, Tensor> expected = run(model, 1, KernelChoice.NONE, inputs(model));
    KernelChoice ours = ours(model).in(Arithmetic.BF16);
    assertClose(run(model, 3, ours, inputs(model)), expected, BF16_TOLERANCE);
  }

  /** Whoever reads what is in the middle gets it: nothing is fused there. */
  @Test
  void whatOthersReadIsStillWritten() {
    long[] shape = {6, 16, 9, 9};
    for (String middle : List.of("n", "s")) {
      Block block = Block.of(shape, "Add(n, q)", middle);
      assertThat(block.operators())
          .contains("BatchNormInternal", "Add", "Relu", "BatchNormReluGrad")
          .doesNotContain("BatchNormRelu");
    }
    Block block = Block.of(shape, "n", "arriving");
    assertThat(block.operators()).containsAll(FUSED).contains("Add");
    OnnxModel model = block.model();
    assertClose(
        run(model, 3, ours(model), inputs(model)),
        run(model, 1, KernelChoice.NONE, inputs(model)),
        TOLERANCE);
  }

  /** A norm of one position that is spread over what it is added to. */
  @Test
  void theNormMayBeTheOneThatIsSpread() {
    List<TensorSpec> inputs = new ArrayList<>();
    Block.specs(inputs, Shape.of(5, 7, 1, 1), "x");
    Block.specs(inputs, Shape.of(5, 7, 4, 3), "o");
    Block.specs(inputs, Shape.of(7, 7, 3, 3), "weight");
    Block.specs(inputs, Shape.of(7), "gain", "bias", "mean", "variance");
    List<TensorSpec> outputs = new ArrayList<>();
    Block.specs(outputs, Shape.of(5, 7, 4, 3), "r");
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("q = Conv(o, weight)", kernel(), pads())
            .node("c = Conv(x, weight)", kernel(), pads())
            .microsoft("n, nm, nv, om, inv = BatchNormInternal(c, gain, bias, mean, variance)")
            .node("s = Add(q, n)")
            .node("r = Relu(s)")
            .outputs(outputs);
    OnnxModel model = new OnnxModel(text.bytes(), inputs, outputs);
    assertClose(
        run(model, 3, ours(model), inputs(model)),
        run(model, 1, KernelChoice.NONE, inputs(model)),
        TOLERANCE);
  }

  /** Along a random direction, the difference of sum(r * (g + h)) is the gradient's share. */
  @ParameterizedTest
  @MethodSource("blocks")
  void theGradientIsWhatDifferencesSay(Block block) {
    OnnxModel model = block.model();
    Map<String, Tensor> inputs = inputs(model);
    Tensor gradient = named(run(model, 2, ours(model), inputs), "dx");
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
    Map<String, Tensor> results = run(model, 2, ours(model), inputs);
    double loss = 0;
    for (int i = 0; i < named(results, "r").elements(); i++) {
      float arriving = named(results, "g").floats().get(i) + named(results, "h").floats().get(i);
      loss += named(results, "r").floats().get(i) * (double) arriving;
    }
    return loss;
  }

  private static Map<String, Tensor> inputs(OnnxModel model) {
    return ConvolutionCase.filled(model.inputs(), true);
  }

  private static KernelChoice ours(OnnxModel model) {
    return KernelPolicy.covering(List.of(model)).with(Maps.ALWAYS);
  }

  private Map<String, Tensor> run(
      OnnxModel model, int threads, KernelChoice kernels, Map<String, Tensor> inputs) {
    Map<String, Tensor> results = ConvolutionCase.filled(model.outputs(), false);
    DeviceChoice device = new DeviceChoice(false, threads);
    try (ModelRunner runner = new ModelRunner(library, model.bytes(), device, kernels)) {
      runner.run(inputs, results);
      runner.run(inputs, results);
    }
    return results;
  }

  private static void assertClose(
      Map<String, Tensor> actual, Map<String, Tensor> expected, double tolerance) {
    expected.forEach(
        (name, tensor) ->
            assertThat(OperatorRun.distance(named(actual, name), tensor))
                .as(name)
                .isLessThan(tolerance));
  }
}
