package io.github.nolabel.runtime.kernels.formula;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The length of two gradients taken as one vector; the larger one is worth several threads. */
class SquareSumsTest {

  private static final List<TensorSpec> INPUTS =
      List.of(TensorSpec.floats("g", Shape.of(300, 501)), TensorSpec.floats("h", Shape.of(3)));
  private static final List<TensorSpec> OUTPUTS = List.of(TensorSpec.floats("norm", Shape.of()));
  private static final KernelChoice FORMULAS =
      new KernelChoice(
          List.of(ConvolutionKernel.OPERATOR), List.of(), Arithmetic.FP32, Maps.NEVER, false);

  @Test
  void squaresThatAreAddedUpAreNotWritten() {
    assertThat(types(SquareSums.rewritten(norm().bytes())))
        .containsExactly("SquareSum", "Sqrt", "Identity");
  }

  @Test
  void theLengthIsTheSameOnAnyNumberOfThreads() {
    OperatorRun operators = new OperatorRun();
    OnnxModel summed = new OnnxModel(SquareSums.rewritten(norm().bytes()), INPUTS, OUTPUTS);
    Map<String, Tensor> inputs = OperatorRun.filled(INPUTS, true);
    double squares = 0;
    for (Tensor tensor : inputs.values()) {
      for (int i = 0; i < tensor.elements(); i++) {
        squares += Math.pow(tensor.floats().get(i), 2);
      }
    }
    Tensor one = named(operators.results(summed, 1, FORMULAS), "norm");
    assertThat((double) one.floats().get(0))
        .isCloseTo(Math.sqrt(squares), within(1e-6 * Math.sqrt(squares)));
    assertThat(named(operators.results(summed, 3, FORMULAS), "norm").sameBits(one)).isTrue();
  }

  @Test
  void squaresThatOthersReadStay() {
    List<TensorSpec> more =
        List.of(OUTPUTS.get(0), TensorSpec.floats("squares", Shape.of(300, 501)));
    assertThat(types(SquareSums.rewritten(start().outputs(more).bytes())))
        .containsExactly("Mul", "SquareSum", "Sqrt", "Identity");
  }

  @Test
  void tensorsThatNobodyElseReadsAreNotKeptForASumOfAll() {
    byte[] model =
        new OnnxText()
            .inputs(INPUTS)
            .constants("both", 0, 1)
            .node("much = Exp(g)")
            .node("more = Tanh(g)")
            .node("squares = Mul(much, much)")
            .node("sum = ReduceSum(squares, both)", attribute("keepdims", 0))
            .node("others = Mul(more, more)")
            .node("rest = ReduceSum(others, both)", attribute("keepdims", 0))
            .node("norm = Add(sum, rest)")
            .outputs(OUTPUTS)
            .bytes();
    assertThat(types(SquareSums.rewritten(model)))
        .containsExactly("Exp", "Tanh", "SquareSum", "SquareSum", "Add");
  }

  /** ViT-Tiny's step took 750 MiB more while its products waited for the sum of all. */
  @ParameterizedTest
  @CsvSource({"'g_1, g_2 = Split(g)', 1", "g_1 = Exp(g), 2"})
  void onlyWhatIsMadeBesidesSomethingElseWaitsForASumOfAll(String maker, int sums) {
    byte[] model =
        new OnnxText()
            .inputs(INPUTS)
            .constants("both", 0, 1)
            .constants("first", 0)
            .node(maker)
            .node("update = Neg(g_1)")
            .node("squares = Mul(g_1, g_1)")
            .node("sum = ReduceSum(squares, both)", attribute("keepdims", 0))
            .node("others = Mul(h, h)")
            .node("rest = ReduceSum(others, first)", attribute("keepdims", 0))
            .node("norm = Add(sum, rest)")
            .outputs(OUTPUTS)
            .bytes();
    assertThat(types(SquareSums.rewritten(model)).stream().filter("SquareSum"::equals))
        .hasSize(sums);
  }

  @Test
  void sumsOfWhichAxesStayAreLeftAlone() {
    byte[] model =
        new OnnxText()
            .inputs(INPUTS)
            .constants("rows", 0)
            .node("squares = Mul(g, g)")
            .node("norm = ReduceSum(squares, rows)", attribute("keepdims", 0))
            .outputs(List.of(TensorSpec.floats("norm", Shape.of(501))))
            .bytes();
    assertThat(SquareSums.rewritten(model)).isSameAs(model);
  }

  private static OnnxText norm() {
    return start().outputs(OUTPUTS);
  }

  private static OnnxText start() {
    return new OnnxText()
        .inputs(INPUTS)
        .constants("both", 0, 1)
        .constants("first", 0)
        .node("squares = Mul(g, g)")
        .node("sum = ReduceSum(squares, both)", attribute("keepdims", 0))
        .node("others = Mul(h, h)")
        .node("rest = ReduceSum(others, first)", attribute("keepdims", 0))
        .node("all = Add(sum, rest)")
        .node("length = Sqrt(all)")
        .node("norm = Identity(length)");
  }

  private static List<String> types(byte[] model) {
    return OnnxText.graph(model).getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
