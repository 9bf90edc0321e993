package io.github.nolabel.runtime.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionCase;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionKernelsTest {

  private final OperatorRun operators = new OperatorRun();

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
    assertThatThrownBy(() -> operators.results(model, 2, OperatorRun.ours(model)))
        .isInstanceOf(OnnxRuntimeException.class)
        .hasMessageContaining("Conv node. Name:'node:y'")
        .hasMessageContaining(
            "oneDNN: images [2, 5, 8, 8] and weights [4, 3, 3, 3] do not go together in 1 groups");
  }

  @Test
  void aClosedSessionLeavesNoKernel() {
    OnnxModel model =
        ConvolutionCase.of(
                "1x1",
                List.of(3L, 8L, 9L, 9L),
                List.of(16L, 8L, 1L, 1L),
                new Window(List.of(1L, 1L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), 1),
                true)
            .forward();
    operators.results(model, 2, OperatorRun.ours(model));
    assertThat(SessionKernels.live()).isZero();
  }
}
