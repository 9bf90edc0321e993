package io.github.nolabel.runtime.kernels.maps;

import static io.github.nolabel.runtime.OnnxText.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A block whose gradient is a sum where it arrives.
 *
 * @param before what ReLU reads: the norm n, or a sum of it and q
 * @param other extents of q, a convolution's
 * @param watched results besides those that every block has
 */
record FusedBlock(Shape shape, String before, Shape other, List<String> watched) {

  static FusedBlock of(long[] extents, String before, String... watched) {
    Shape shape = Shape.of(extents);
    return new FusedBlock(shape, before, shape, List.of(watched));
  }

  FusedBlock withOther(long... extents) {
    return new FusedBlock(shape, before, Shape.of(extents), watched);
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

  static void specs(List<TensorSpec> specs, Shape shape, String... names) {
    Arrays.stream(names).forEach(name -> specs.add(TensorSpec.floats(name, shape)));
  }

  List<String> operators() {
    byte[] model = model().bytes();
    return OnnxText.graph(MapModel.rewritten(OperatorSets.named(model), true))
        .getNodeList()
        .stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  @Override
  public String toString() {
    return "%s %s + %s, %s".formatted(before, shape, other, watched);
  }

  static AttributeProto kernel() {
    return attribute("kernel_shape", List.of(3L, 3L));
  }

  static AttributeProto pads() {
    return attribute("pads", List.of(1L, 1L, 1L, 1L));
  }
}
