package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the gradient of a convolution's images as a transposed convolution: {@code dx =
 * ConvTranspose(dy, w)}. ONNX Runtime has newer kernels for that operator than for {@code
 * ConvGrad}, which keeps the gradients of weights and bias. Where the stride is not 1, how many
 * pixels the images had at their border does not follow from {@code dy}; those stay together.
 */
public final class TransposedGradients {

  private TransposedGradients() {}

  /** The same model where nothing is to be replaced. */
  public static byte[] rewritten(byte[] model) {
    GraphProto graph = GraphProto.of(model);
    List<NodeProto> written = new ArrayList<>();
    graph.nodes().forEach(node -> written.addAll(replaced(node)));
    return written.equals(graph.nodes()) ? model : graph.with(written);
  }

  private static List<NodeProto> replaced(NodeProto node) {
    if (!isGradient(node) || !node.wholes("strides").stream().allMatch(stride -> stride == 1)) {
      return List.of(node);
    }
    List<NodeProto> parts = new ArrayList<>(List.of(images(node)));
    List<String> others = node.outputs().subList(1, node.outputs().size());
    if (others.stream().anyMatch(name -> !name.isEmpty())) {
      parts.add(weights(node, others));
    }
    return parts;
  }

  /** Whether it gives a gradient of images. */
  private static boolean isGradient(NodeProto node) {
    return node.domain().equals(ConvolutionGradientKernel.OPERATOR.domain())
        && node.type().equals(ConvolutionGradientKernel.OPERATOR.name())
        && !node.outputs().get(0).isEmpty();
  }

  /** ConvGrad's inputs are dy, x and w. */
  private static NodeProto images(NodeProto node) {
    return new NodeProto(
        "",
        "ConvTranspose",
        node.name() + "/images",
        List.of(node.inputs().get(0), node.inputs().get(2)),
        node.outputs().subList(0, 1),
        node.attributes());
  }

  private static NodeProto weights(NodeProto node, List<String> others) {
    List<String> outputs = new ArrayList<>(List.of(""));
    outputs.addAll(others);
    return new NodeProto(
        node.domain(), node.type(), node.name(), node.inputs(), outputs, node.attributes());
  }
}
