package io.github.nolabel.runtime.kernels.convolution;

import static io.github.nolabel.runtime.OnnxText.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A convolution and its gradient as one model each. */
public record ConvolutionCase(String name, ConvolutionShape shape) {

  public static ConvolutionCase of(
      String name, List<Long> x, List<Long> weight, Window window, boolean biased) {
    return new ConvolutionCase(name, new ConvolutionShape(x, weight, window, biased));
  }

  /** {@code y = Conv(x, weight[, bias])}. */
  public OnnxModel forward() {
    String bias = shape.biased() ? ", bias" : "";
    List<TensorSpec> inputs = new ArrayList<>(List.of(spec("x", x()), spec("weight", weight())));
    if (shape.biased()) {
      inputs.add(spec("bias", bias()));
    }
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .node("y = Conv(x, weight%s)".formatted(bias), attributes())
            .outputs(List.of(spec("y", y())));
    return new OnnxModel(text.bytes(), inputs, List.of(spec("y", y())));
  }

  /**
   * {@code dx, dweight, dbias = ConvGrad(dy, x, weight)}.
   *
   * @param wanted which of them; the others are left out
   */
  public OnnxModel backward(List<String> wanted) {
    List<TensorSpec> inputs = List.of(spec("dy", y()), spec("x", x()), spec("weight", weight()));
    List<TensorSpec> outputs =
        gradients().entrySet().stream()
            .filter(gradient -> wanted.contains(gradient.getKey()))
            .map(gradient -> spec(gradient.getKey(), gradient.getValue()))
            .toList();
    List<String> names =
        gradients().keySet().stream().map(name -> wanted.contains(name) ? name : "").toList();
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .microsoft(
                "%s = ConvGrad(dy, x, weight)".formatted(String.join(", ", names)), attributes())
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private Map<String, long[]> gradients() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("dx", x());
    shapes.put("dweight", weight());
    shapes.put("dbias", bias());
    return shapes;
  }

  private AttributeProto[] attributes() {
    Window window = shape.window();
    return new AttributeProto[] {
      attribute("kernel_shape", shape.weight().subList(2, 4)),
      attribute("strides", window.strides()),
      attribute("pads", window.pads()),
      attribute("dilations", window.dilations()),
      attribute("group", window.groups())
    };
  }

  private long[] x() {
    return shape.xExtents();
  }

  private long[] weight() {
    return shape.weightExtents();
  }

  private long[] y() {
    return shape.y();
  }

  private long[] bias() {
    return new long[] {shape.weight().get(0)};
  }

  private static TensorSpec spec(String name, long[] extents) {
    return TensorSpec.floats(name, Shape.of(extents));
  }

  @Override
  public String toString() {
    return name;
  }
}
