package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code GraphProto} in the making: nodes in order, constants written once. */
final class ProtoGraph {

  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Map<List<Long>, String> integerConstants = new HashMap<>();
  private final Map<Double, String> scalarConstants = new HashMap<>();
  private int serial;

  GraphProto.Builder proto() {
    return proto;
  }

  /** Appends a node of the standard domain; the first output names it. */
  void node(String op, List<String> inputs, List<String> outputs, Attributes attributes) {
    node("", op, inputs, outputs, attributes);
  }

  void node(
      String domain, String op, List<String> inputs, List<String> outputs, Attributes attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(op)
            .setName("node:" + outputs.stream().filter(o -> !o.isEmpty()).findFirst().orElse(op))
            .addAllInput(inputs)
            .addAllOutput(outputs);
    attributes.values().forEach((name, value) -> node.addAttribute(attribute(name, value)));
    proto.addNode(node);
  }

  /** A fresh name for a value between two nodes of one lowering. */
  String intermediate(String of, String what) {
    return of + ":" + what;
  }

  /** An int64[n] constant. */
  String integers(List<Long> values) {
    return integerConstants.computeIfAbsent(
        values,
        v ->
            initializer(
                "constant_" + serial++,
                Tensor.of(v.stream().mapToLong(Long::longValue).toArray(), v.size())));
  }

  /** An int64[] constant. */
  String integer(long value) {
    return initializer("constant_" + serial++, Tensor.of(new long[] {value}));
  }

  /** A float[] constant. */
  String number(double value) {
    return scalarConstants.computeIfAbsent(
        value, v -> initializer("constant_" + serial++, Tensor.scalar(v)));
  }

  String initializer(String name, Tensor values) {
    proto.addInitializer(tensor(name, values));
    return name;
  }

  private static TensorProto tensor(String name, Tensor values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(values.type().onnxCode())
            .setRawData(ByteString.copyFrom(values.bytes()));
    values.shape().dims().forEach(dim -> tensor.addDims(dim.extent()));
    return tensor.build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long integer) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(integer).build();
    }
    if (value instanceof Double number) {
      return attribute
          .setType(AttributeProto.AttributeType.FLOAT)
          .setF(number.floatValue())
          .build();
    }
    if (value instanceof String text) {
      return attribute
          .setType(AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(text))
          .build();
    }
    if (value instanceof Tensor tensor) {
      return attribute
          .setType(AttributeProto.AttributeType.TENSOR)
          .setT(tensor("", tensor))
          .build();
    }
    attribute.setType(AttributeProto.AttributeType.INTS);
    ((List<?>) value).forEach(element -> attribute.addInts((Long) element));
    return attribute.build();
  }

  /** A one-element tensor of zero, the value of a {@code ConstantOfShape}. */
  static Tensor zero(ElementType type) {
    return Tensor.zeros(type, 1);
  }
}
