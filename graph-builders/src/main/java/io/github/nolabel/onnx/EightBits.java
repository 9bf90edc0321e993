package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same model with its large matrices as int8: dynamic quantization. Each column of a matrix has
 * a scale, {@code w = scale * q}; what it is multiplied by is rounded to uint8 while the model
 * runs, by the range it has then. Convolutions and what lies between stay float32. The integers are
 * kept to 7 bits, as on processors without VNNI the sum of two products would run over.
 */
public final class EightBits {

  private static final int LARGEST = 63;
  private static final int INT8 = TensorProto.DataType.INT8_VALUE;
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, String> transposed = new HashMap<>();
  private final Set<String> rounded = new HashSet<>();
  private final Set<String> stored = new HashSet<>();
  private final GraphProto.Builder result = GraphProto.newBuilder();

  private EightBits() {}

  /**
   * Converts a model.
   *
   * @throws UserMistake if it multiplies by no matrix of weights, as ResNets do not
   */
  public static OnnxModel of(OnnxModel model) {
    return GraphEdits.edited(model, graph -> new EightBits().converted(graph));
  }

  private GraphProto converted(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Transpose"))
        .filter(node -> isMatrix(constants.get(node.getInput(0))))
        .forEach(node -> transposed.put(node.getOutput(0), node.getInput(0)));
    graph.getNodeList().forEach(this::add);
    if (stored.isEmpty()) {
      throw new UserMistake(
          "The network multiplies by no matrix that could be int8: those of vision transformers are, convolutions are not. Export it with --precision int8-static, or fp16.");
    }
    result.setName(graph.getName()).addAllInput(graph.getInputList());
    result.addAllOutput(graph.getOutputList()).addAllInitializer(graph.getInitializerList());
    return GraphEdits.withoutUnused(result.build());
  }

  private static boolean isMatrix(@Nullable TensorProto constant) {
    return constant != null && constant.getDataType() == FLOAT && constant.getDimsCount() == 2;
  }

  private void add(NodeProto node) {
    if (!node.getOpType().equals("MatMul")) {
      result.addNode(node);
      return;
    }
    String right = node.getInput(1);
    String weight = transposed.getOrDefault(right, right);
    TensorProto matrix = constants.get(weight);
    if (matrix != null && isMatrix(matrix)) {
      multiply(node, matrix, transposed.containsKey(right));
    } else {
      result.addNode(node);
    }
  }

  /** {@code y = (round(x) q) * (scale of x * scale of each column)} */
  private void multiply(NodeProto node, TensorProto weight, boolean transpose) {
    String x = node.getInput(0);
    String y = node.getOutput(0);
    if (rounded.add(x)) {
      node("DynamicQuantizeLinear", List.of(x), x + ":uint8", x + ":scale", x + ":zero");
    }
    String q = node.getInput(1) + ":int8";
    String scales = node.getInput(1) + ":scales";
    if (stored.add(q)) {
      store(weight, transpose, q, scales);
    }
    node("MatMulInteger", List.of(x + ":uint8", q, x + ":zero"), y + ":sum");
    result.addNode(HalfPrecision.cast(y + ":sum", y + ":float", FLOAT));
    node("Mul", List.of(x + ":scale", scales), y + ":scales");
    node("Mul", List.of(y + ":float", y + ":scales"), y);
  }

  private void node(String op, List<String> inputs, String... outputs) {
    result.addNode(GraphEdits.node(op, inputs, outputs));
  }

  /** The matrix as [rows, columns] of int8, and a scale per column. */
  private void store(TensorProto tensor, boolean transpose, String q, String scales) {
    int first = (int) tensor.getDims(0);
    int second = (int) tensor.getDims(1);
    int rows = transpose ? second : first;
    int columns = transpose ? first : second;
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    byte[] integers = new byte[rows * columns];
    ByteBuffer floats = ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      float largest = 0;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, Math.abs(at(raw, row, column, second, transpose)));
      }
      float scale = largest == 0 ? 1 : largest / LARGEST;
      floats.putFloat(scale);
      for (int row = 0; row < rows; row++) {
        integers[row * columns + column] =
            (byte) Math.rint(at(raw, row, column, second, transpose) / scale);
      }
    }
    result.addInitializer(
        TensorProto.newBuilder()
            .setName(q)
            .setDataType(INT8)
            .addDims(rows)
            .addDims(columns)
            .setRawData(ByteString.copyFrom(integers)));
    result.addInitializer(
        TensorProto.newBuilder()
            .setName(scales)
            .setDataType(FLOAT)
            .addDims(columns)
            .setRawData(ByteString.copyFrom(floats.array())));
  }

  private static float at(ByteBuffer raw, int row, int column, int width, boolean transpose) {
    int index = transpose ? column * width + row : row * width + column;
    return raw.getFloat(index * Float.BYTES);
  }
}
