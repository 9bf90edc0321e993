package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same model with weights and arithmetic in float16: half the size. It still takes and gives
 * float32; where a runtime has no float16 kernel, as on most CPUs, it computes in float32 with the
 * rounded weights.
 */
public final class HalfPrecision {

  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final int FLOAT16 = TensorProto.DataType.FLOAT16_VALUE;

  /** Operators with inputs that must be float32. */
  private static final Set<String> OTHERS =
      Set.of("Resize", "If", "Loop", "Scan", "QuantizeLinear", "DequantizeLinear");

  private final Map<String, String> names = new HashMap<>();
  private final GraphProto.Builder result = GraphProto.newBuilder();

  private HalfPrecision() {}

  /**
   * Converts a model.
   *
   * @throws UserMistake if it has an operator that needs float32
   */
  public static OnnxModel of(OnnxModel model) {
    return GraphEdits.edited(model, graph -> new HalfPrecision().converted(graph));
  }

  private GraphProto converted(GraphProto graph) {
    result.setName(graph.getName()).addAllInput(graph.getInputList());
    result.addAllOutput(graph.getOutputList());
    List<ValueInfoProto> ins = graph.getInputList().stream().filter(HalfPrecision::floats).toList();
    List<ValueInfoProto> outs =
        graph.getOutputList().stream().filter(HalfPrecision::floats).toList();
    ins.forEach(in -> names.put(in.getName(), half(in.getName())));
    outs.forEach(out -> names.put(out.getName(), half(out.getName())));
    ins.forEach(in -> result.addNode(cast(in.getName(), half(in.getName()), FLOAT16)));
    graph.getInitializerList().forEach(tensor -> result.addInitializer(rounded(tensor)));
    graph.getNodeList().forEach(node -> result.addNode(converted(node)));
    outs.forEach(out -> result.addNode(cast(half(out.getName()), out.getName(), FLOAT)));
    return result.build();
  }

  private static String half(String name) {
    return name + ":half";
  }

  private static boolean floats(ValueInfoProto value) {
    return value.getType().getTensorType().getElemType() == FLOAT;
  }

  private NodeProto converted(NodeProto node) {
    if (OTHERS.contains(node.getOpType())) {
      throw new UserMistake(
          "The network has the operator %s, which needs float32; export it with --precision fp32."
              .formatted(node.getOpType()));
    }
    NodeProto.Builder converted = node.toBuilder().clearInput().clearOutput().clearAttribute();
    node.getInputList().forEach(name -> converted.addInput(names.getOrDefault(name, name)));
    node.getOutputList().forEach(name -> converted.addOutput(names.getOrDefault(name, name)));
    node.getAttributeList()
        .forEach(attribute -> converted.addAttribute(converted(node.getOpType(), attribute)));
    if (node.getOpType().equals("ConstantOfShape") && node.getAttributeCount() == 0) {
      TensorProto zero =
          TensorProto.newBuilder().setDataType(FLOAT).addDims(1).addFloatData(0).build();
      converted.addAttribute(tensor("value", rounded(zero)));
    }
    return converted.build();
  }

  private static AttributeProto converted(String op, AttributeProto attribute) {
    if (op.equals("Cast") && attribute.getName().equals("to") && attribute.getI() == FLOAT) {
      return attribute.toBuilder().setI(FLOAT16).build();
    }
    return attribute.hasT() ? tensor(attribute.getName(), rounded(attribute.getT())) : attribute;
  }

  private static AttributeProto tensor(String name, TensorProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(value)
        .build();
  }

  static NodeProto cast(String from, String to, int type) {
    AttributeProto target =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(type)
            .build();
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName("cast:" + to)
        .addInput(from)
        .addOutput(to)
        .addAttribute(target)
        .build();
  }

  private static TensorProto rounded(TensorProto tensor) {
    if (tensor.getDataType() != FLOAT) {
      return tensor;
    }
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int count = tensor.hasRawData() ? raw.remaining() / Float.BYTES : tensor.getFloatDataCount();
    ByteBuffer halves = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      halves.putShort(
          rounded(tensor.hasRawData() ? raw.getFloat(i * Float.BYTES) : tensor.getFloatData(i)));
    }
    return tensor.toBuilder()
        .setDataType(FLOAT16)
        .clearFloatData()
        .setRawData(ByteString.copyFrom(halves.array()))
        .build();
  }

  /**
   * The bits of the nearest float16, ties to even. What is too large becomes the largest number,
   * and what is not zero does not become zero: small constants keep divisions apart from 0 / 0.
   */
  static short rounded(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value) || size >= 65504f) {
      return (short) (Float.isNaN(value) ? 0x7E00 : sign | 0x7BFF);
    }
    if (size < 0x1p-14f) {
      int steps = (int) Math.rint(size * 0x1p24);
      return (short) (sign | (steps == 0 && size > 0 ? 1 : steps));
    }
    int exponent = Math.getExponent(size);
    int mantissa = (int) Math.rint(Math.scalb((double) size, 10 - exponent)) - 1024;
    return (short) (sign | (((exponent + 15) << 10) + mantissa));
  }
}
