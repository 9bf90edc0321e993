package io.github.nolabel.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import java.util.List;

/** Writes small ONNX models node by node: {@code "y = Add(a, b)"}. */
public final class OnnxText {

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  /** Adds a node of the standard operators; outputs and inputs are separated by commas. */
  public OnnxText node(String line, AttributeProto... attributes) {
    return node("", line, attributes);
  }

  /** Adds a node of Microsoft's operators. */
  public OnnxText microsoft(String line, AttributeProto... attributes) {
    return node("com.microsoft", line, attributes);
  }

  private OnnxText node(String domain, String line, AttributeProto... attributes) {
    String[] sides = line.split(" = ", 2);
    int open = sides[1].indexOf('(');
    graph.addNode(
        NodeProto.newBuilder()
            .setName("node:" + sides[0].strip())
            .setDomain(domain)
            .setOpType(sides[1].substring(0, open))
            .addAllOutput(names(sides[0]))
            .addAllInput(names(sides[1].substring(open + 1, sides[1].length() - 1)))
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  public OnnxText constant(String name, double value) {
    graph.addInitializer(
        TensorProto.newBuilder().setName(name).setDataType(1).addFloatData((float) value));
    return this;
  }

  public OnnxText constant(String name, boolean value) {
    byte[] bytes = {(byte) (value ? 1 : 0)};
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(9)
            .addDims(1)
            .setRawData(ByteString.copyFrom(bytes)));
    return this;
  }

  /** A list of whole numbers, such as axes. */
  public OnnxText constants(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  public OnnxText inputs(List<TensorSpec> specs) {
    specs.forEach(spec -> graph.addInput(info(spec)));
    return this;
  }

  /** Says what tensors between nodes are. */
  public OnnxText told(List<TensorSpec> specs) {
    specs.forEach(spec -> graph.addValueInfo(info(spec)));
    return this;
  }

  public OnnxText outputs(List<TensorSpec> specs) {
    specs.forEach(spec -> graph.addOutput(info(spec)));
    return this;
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .build()
        .toByteArray();
  }

  /** The graph of a model that {@link #bytes} wrote. */
  public static GraphProto graph(byte[] model) {
    try {
      return ModelProto.parseFrom(model).getGraph();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setF(value)
        .setType(AttributeProto.AttributeType.FLOAT)
        .build();
  }

  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setI(value)
        .setType(AttributeProto.AttributeType.INT)
        .build();
  }

  public static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setS(ByteString.copyFromUtf8(value))
        .setType(AttributeProto.AttributeType.STRING)
        .build();
  }

  public static AttributeProto attribute(String name, Tensor value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(value.type().onnxCode())
            .setRawData(ByteString.copyFrom(value.bytes()));
    value.shape().dims().forEach(dim -> tensor.addDims(dim.extent()));
    return AttributeProto.newBuilder()
        .setName(name)
        .setT(tensor)
        .setType(AttributeProto.AttributeType.TENSOR)
        .build();
  }

  public static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .addAllInts(values)
        .setType(AttributeProto.AttributeType.INTS)
        .build();
  }

  private static List<String> names(String list) {
    return java.util.Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private static ValueInfoProto info(TensorSpec spec) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : spec.shape().dims()) {
      TensorShapeProto.Dimension.Builder extent = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dim.isFixed() ? extent.setDimValue(dim.extent()) : extent.setDimParam("N"));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(spec.type().onnxCode()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(spec.name())
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
