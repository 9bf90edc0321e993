package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What passes over finished ONNX graphs have in common. */
final class GraphEdits {

  private GraphEdits() {}

  /**
   * The model with another graph, its signature as it was.
   *
   * @throws UserMistake if it is no ONNX model
   */
  static OnnxModel edited(OnnxModel model, UnaryOperator<GraphProto> edit) {
    ModelProto proto = parsed(model);
    byte[] bytes = proto.toBuilder().setGraph(edit.apply(proto.getGraph())).build().toByteArray();
    return new OnnxModel(bytes, model.inputs(), model.outputs());
  }

  static ModelProto parsed(OnnxModel model) {
    try {
      return ModelProto.parseFrom(model.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new UserMistake("This is no ONNX model: %s".formatted(e.getMessage()), e);
    }
  }

  static Map<String, TensorProto> constants(GraphProto graph) {
    Map<String, TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    return constants;
  }

  /** The nodes that read a value, by its name; an output of the graph is read by nobody here. */
  static Map<String, List<NodeProto>> readers(GraphProto graph) {
    Map<String, List<NodeProto>> readers = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      Set.copyOf(node.getInputList())
          .forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    return readers;
  }

  static NodeProto node(String op, List<String> inputs, String... outputs) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName("node:" + outputs[0])
        .addAllInput(inputs)
        .addAllOutput(List.of(outputs))
        .build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto integers(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  static float[] floats(TensorProto tensor) {
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    raw(tensor).asFloatBuffer().get(values);
    return values;
  }

  static List<Long> longs(TensorProto tensor) {
    long[] values = new long[tensor.getRawData().size() / Long.BYTES];
    raw(tensor).asLongBuffer().get(values);
    return Arrays.stream(values).boxed().toList();
  }

  private static ByteBuffer raw(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  static TensorProto tensor(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT_VALUE, raw.array(), shape);
  }

  static TensorProto tensor(String name, long[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT64_VALUE, raw.array(), shape);
  }

  static TensorProto tensor(String name, int[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Integer.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT32_VALUE, raw.array(), shape);
  }

  /** {@code raw} in little-endian order. */
  static TensorProto tensor(String name, int type, byte[] raw, long... shape) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type)
        .addAllDims(Arrays.stream(shape).boxed().toList())
        .setRawData(ByteString.copyFrom(raw))
        .build();
  }

  /** Leaves out nodes and constants that nobody reads. */
  static GraphProto withoutUnused(GraphProto graph) {
    Set<String> read = new HashSet<>();
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    List<NodeProto> kept = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(node.getInputList());
        kept.add(0, node);
      }
    }
    List<TensorProto> constants =
        graph.getInitializerList().stream().filter(t -> read.contains(t.getName())).toList();
    return graph.toBuilder()
        .clearNode()
        .addAllNode(kept)
        .clearInitializer()
        .addAllInitializer(constants)
        .build();
  }
}
