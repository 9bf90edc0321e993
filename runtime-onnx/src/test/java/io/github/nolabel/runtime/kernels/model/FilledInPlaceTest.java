package io.github.nolabel.runtime.kernels.model;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.ModelRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilledInPlaceTest {

  @Test
  void whatFollowsFromAShapeIsMadeOfTheTensor() {
    byte[] model = model(Tensor.of(new float[] {2.5f}, 1));
    assertThat(types(model)).containsExactly("Shape", "ConstantOfShape");
    byte[] rewritten = FilledInPlace.rewritten(model);
    assertThat(types(rewritten)).containsExactly("Shape", "Constant", "Clip");
    assertThat(run(rewritten).sameBits(run(model))).isTrue();
    assertThat(run(model).toFloats()).containsExactly(2.5f, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f);
  }

  @Test
  void numbersOfIndicesStay() {
    byte[] model = model(Tensor.of(new long[] {3}));
    assertThat(FilledInPlace.rewritten(model)).isSameAs(model);
  }

  private static byte[] model(Tensor value) {
    return new OnnxText()
        .inputs(List.of(TensorSpec.floats("x", Shape.batched(3))))
        .node("extents = Shape(x)")
        .node("y = ConstantOfShape(extents)", attribute("value", value))
        .outputs(List.of(new TensorSpec("y", value.type(), Shape.batched(3))))
        .bytes();
  }

  private static Tensor run(byte[] model) {
    Tensor result = Tensor.zeros(ElementType.FLOAT, 2, 3);
    Tensor images =
        Tensor.of(
            new float[] {1, -2, Float.POSITIVE_INFINITY, 4, Float.NEGATIVE_INFINITY, 0}, 2, 3);
    try (ModelRunner runner =
        new ModelRunner(OrtLibrary.load(), model, new DeviceChoice(false, 1))) {
      runner.run(Map.of("x", images), Map.of("y", result));
    }
    return result;
  }

  private static List<String> types(byte[] model) {
    return OnnxText.graph(model).getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
