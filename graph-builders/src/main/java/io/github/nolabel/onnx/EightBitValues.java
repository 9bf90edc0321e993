package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.UserMistake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a network of convolutions are rounded to eight bits: what convolutions read and
 * give, sums of such maps, and what is pooled from them; after the ReLU, where one follows.
 *
 * @param ranged by name, in the graph's order: the value whose range it has, mostly its own
 */
record EightBitValues(Map<String, String> ranged) {

  private static final Set<String> LIMITS = Set.of("Relu", "Clip");
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  EightBitValues {
    ranged = Collections.unmodifiableMap(new LinkedHashMap<>(ranged));
  }

  /**
   * @throws UserMistake if most of the weights are in no convolution
   */
  static EightBitValues of(GraphProto graph) {
    Map<String, TensorProto> constants = GraphEdits.constants(graph);
    requireConvolutions(graph, constants);
    Map<String, List<NodeProto>> readers = GraphEdits.readers(graph);
    Set<String> outputs =
        graph.getOutputList().stream().map(o -> o.getName()).collect(Collectors.toSet());
    Map<String, String> ranged = new LinkedHashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      String limited = limited(node.getOutput(0), readers);
      if (isConvolution(node, constants)) {
        ranged.putIfAbsent(node.getInput(0), node.getInput(0));
        ranged.putIfAbsent(limited, limited);
      } else if (node.getOpType().equals("Add")
          && ranged.keySet().containsAll(node.getInputList())) {
        ranged.putIfAbsent(limited, limited);
      } else if (node.getOpType().equals("MaxPool") && ranged.containsKey(node.getInput(0))) {
        ranged.put(node.getOutput(0), ranged.get(node.getInput(0)));
      }
    }
    outputs.forEach(ranged::remove);
    return new EightBitValues(ranged);
  }

  static boolean isConvolution(NodeProto node, Map<String, TensorProto> constants) {
    return node.getOpType().equals("Conv")
        && node.getInputList().stream().skip(1).allMatch(n -> isFloat(constants.get(n)));
  }

  private static boolean isFloat(@Nullable TensorProto constant) {
    return constant != null && constant.getDataType() == FLOAT;
  }

  /** The value itself, or what a ReLU that alone reads it makes of it. */
  private static String limited(String value, Map<String, List<NodeProto>> readers) {
    List<NodeProto> reading = readers.getOrDefault(value, List.of());
    return reading.size() == 1
            && LIMITS.contains(reading.get(0).getOpType())
            && reading.get(0).getInput(0).equals(value)
        ? reading.get(0).getOutput(0)
        : value;
  }

  private static void requireConvolutions(GraphProto graph, Map<String, TensorProto> constants) {
    Set<String> kernels =
        graph.getNodeList().stream()
            .filter(node -> isConvolution(node, constants))
            .map(node -> node.getInput(1))
            .collect(Collectors.toSet());
    long inside = kernels.stream().mapToLong(name -> size(constants.get(name))).sum();
    long all = constants.values().stream().mapToLong(EightBitValues::size).sum();
    if (2 * inside <= all) {
      throw new UserMistake(
          "int8-static is for networks of convolutions; of this one they hold %d %% of the weights. Export it with --precision int8, which rounds matrices, or fp16."
              .formatted(100 * inside / Math.max(1, all)));
    }
  }

  private static long size(@Nullable TensorProto constant) {
    return constant == null ? 0 : constant.getRawData().size();
  }
}
