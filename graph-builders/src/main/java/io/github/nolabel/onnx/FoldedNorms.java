package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.train.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same model with batch normalisation inside the convolution before it: {@code w' = w g / s, b'
 * = (b - m) g / s + c} with {@code s = sqrt(variance + epsilon)}. A convolution that something else
 * reads, too, keeps its normalisation.
 */
public final class FoldedNorms {

  private final Map<String, TensorProto> constants;
  private final Map<String, List<NodeProto>> readers;
  private final Set<String> outputs;
  private final Map<String, NodeProto> folded = new HashMap<>();
  private final GraphProto.Builder result;

  private FoldedNorms(GraphProto graph) {
    constants = GraphEdits.constants(graph);
    readers = GraphEdits.readers(graph);
    outputs = graph.getOutputList().stream().map(o -> o.getName()).collect(Collectors.toSet());
    result = graph.toBuilder().clearNode();
  }

  /**
   * Converts a model.
   *
   * @throws io.github.nolabel.api.UserMistake if it is no ONNX model
   */
  public static OnnxModel of(OnnxModel model) {
    return GraphEdits.edited(model, graph -> new FoldedNorms(graph).converted(graph));
  }

  private GraphProto converted(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      NodeProto norm = norm(node);
      if (norm != null) {
        folded.put(norm.getOutput(0), norm);
        result.addNode(fold(node, norm));
      } else if (!folded.containsKey(node.getOutput(0))) {
        result.addNode(node);
      }
    }
    return GraphEdits.withoutUnused(result.build());
  }

  /** The normalisation that is all that reads a convolution; null if there is none. */
  private @Nullable NodeProto norm(NodeProto conv) {
    List<NodeProto> reading = readers.getOrDefault(conv.getOutput(0), List.of());
    boolean alone =
        conv.getOpType().equals("Conv")
            && reading.size() == 1
            && !outputs.contains(conv.getOutput(0))
            && constants.keySet().containsAll(conv.getInputList().subList(1, conv.getInputCount()));
    if (!alone) {
      return null;
    }
    NodeProto norm = reading.get(0);
    boolean fixed =
        norm.getOpType().equals("BatchNormalization")
            && norm.getInput(0).equals(conv.getOutput(0))
            && constants.keySet().containsAll(norm.getInputList().subList(1, 5));
    return fixed ? norm : null;
  }

  private NodeProto fold(NodeProto conv, NodeProto norm) {
    TensorProto weight = constant(conv.getInput(1));
    float[] gain = GraphEdits.floats(constant(norm.getInput(1)));
    float[] shift = GraphEdits.floats(constant(norm.getInput(2)));
    float[] mean = GraphEdits.floats(constant(norm.getInput(3)));
    float[] variance = GraphEdits.floats(constant(norm.getInput(4)));
    float[] weights = GraphEdits.floats(weight);
    float[] bias =
        conv.getInputCount() > 2
            ? GraphEdits.floats(constant(conv.getInput(2)))
            : new float[gain.length];
    int row = weights.length / gain.length;
    for (int channel = 0; channel < gain.length; channel++) {
      double factor = gain[channel] / Math.sqrt(variance[channel] + (double) epsilon(norm));
      bias[channel] = (float) ((bias[channel] - mean[channel]) * factor + shift[channel]);
      for (int i = channel * row; i < (channel + 1) * row; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
    }
    String name = norm.getOutput(0);
    long[] shape = weight.getDimsList().stream().mapToLong(Long::longValue).toArray();
    result.addInitializer(GraphEdits.tensor(name + ":weight", weights, shape));
    result.addInitializer(GraphEdits.tensor(name + ":bias", bias, bias.length));
    return conv.toBuilder()
        .clearInput()
        .addAllInput(List.of(conv.getInput(0), name + ":weight", name + ":bias"))
        .clearOutput()
        .addOutput(name)
        .build();
  }

  private TensorProto constant(String name) {
    return Objects.requireNonNull(constants.get(name), name);
  }

  private static float epsilon(NodeProto norm) {
    return norm.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("epsilon"))
        .map(AttributeProto::getF)
        .findFirst()
        .orElse(1e-5f);
  }
}
