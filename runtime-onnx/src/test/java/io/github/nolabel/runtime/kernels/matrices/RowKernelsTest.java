package io.github.nolabel.runtime.kernels.matrices;

import static io.github.nolabel.runtime.OnnxText.attribute;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GELU and the gradients of GELU and layer normalisation against ONNX Runtime's own. */
class RowKernelsTest {

  private static final double TOLERANCE = 1e-5;

  private final OperatorRun run = new OperatorRun();

  static List<Shape> shapes() {
    return List.of(Shape.of(1, 1, 5), Shape.of(4, 65, 192), Shape.of(3, 7), Shape.of(2, 17, 3, 11));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void geluAndItsGradientAgree(Shape shape) {
    List<TensorSpec> inputs = floats(shape, "x", "dy");
    List<TensorSpec> outputs = floats(shape, "y", "dx");
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("y = Gelu(x)")
            .microsoft("dx = GeluGrad(dy, x)")
            .outputs(outputs);
    assertAgrees(new OnnxModel(text.bytes(), inputs, outputs));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theGradientOfLayerNormalisationAgrees(Shape shape) {
    assertAgrees(layerNorm(shape));
  }

  private void assertAgrees(OnnxModel model) {
    run.assertAgree(model, Arithmetic.FP32, TOLERANCE);
    run.assertRepeats(model, Arithmetic.FP32);
  }

  private static OnnxModel layerNorm(Shape shape) {
    Shape vector = Shape.of(shape.at(0)[shape.rank() - 1]);
    List<TensorSpec> inputs = new ArrayList<>(floats(shape, "x", "dy"));
    inputs.addAll(floats(vector, "gain", "bias"));
    List<TensorSpec> outputs = new ArrayList<>(floats(shape, "dx"));
    outputs.addAll(floats(vector, "dgain", "dbias"));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("y, mean, inverse = LayerNormalization(x, gain, bias)", attribute("axis", -1L))
            .microsoft(
                "dx, dgain, dbias = LayerNormalizationGrad(dy, x, gain, mean, inverse)",
                attribute("axis", -1L))
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static List<TensorSpec> floats(Shape shape, String... names) {
    return java.util.Arrays.stream(names).map(name -> TensorSpec.floats(name, shape)).toList();
  }
}
