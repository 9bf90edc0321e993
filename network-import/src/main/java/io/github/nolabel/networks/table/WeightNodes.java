package io.github.nolabel.networks.table;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.networks.file.OnnxGraph;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes whose result is a weight as an initializer is one: an Identity, which exporters join equal
 * initializers through, a Cast to floats, and, in files without other weights, a Constant.
 *
 * @param path of the function's call, so that names are of one node only
 * @param constants whether a Constant's floats are weights
 */
record WeightNodes(Initializers initializers, String path, boolean constants) {

  private static final Set<String> PRODUCTS = Set.of("Conv", "ConvTranspose", "MatMul", "Gemm");

  /** The codes of float, float16, double and bfloat16. */
  private static final Set<Long> FLOATS = Set.of(1L, 10L, 11L, 16L);

  /** Whether a file keeps its kernels in Constant nodes: none of its initializers could be one. */
  static boolean holdAll(OnnxGraph graph) {
    boolean others = graph.initializers().values().stream().anyMatch(WeightNodes::isMatrix);
    Set<String> matrices =
        graph.nodes().stream()
            .filter(node -> node.attributes().get("value") instanceof Tensor t && isMatrix(t))
            .flatMap(node -> node.outputs().stream())
            .collect(Collectors.toSet());
    return !others
        && graph.nodes().stream()
            .filter(node -> PRODUCTS.contains(node.operator().toString()))
            .anyMatch(node -> node.inputs().stream().anyMatch(matrices::contains));
  }

  private static boolean isMatrix(Tensor tensor) {
    return tensor.type() == ElementType.FLOAT && tensor.shape().rank() >= 2;
  }

  /** The weight, or the constant that users want in its place; empty if it is another node. */
  Optional<FileValue> of(OperatorCall call) {
    if (!call.node().operator().isStandard() || call.outputCount() == 0) {
      return Optional.empty();
    }
    String name = path + call.node().outputs().get(0);
    return switch (call.op()) {
      case "Identity" -> weight(call).map(weight -> initializers.item(name, weight.initial()));
      case "Cast", "CastLike" ->
          toFloats(call) ? weight(call).map(FileValue.class::cast) : Optional.empty();
      case "Constant" ->
          constants
              ? call.attributes()
                  .tensor("value")
                  .filter(tensor -> tensor.elements() > 1)
                  .map(tensor -> initializers.item(name, tensor))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<FileValue.Weight> weight(OperatorCall call) {
    return call.has(0) && call.item(0) instanceof FileValue.Weight weight
        ? Optional.of(weight)
        : Optional.empty();
  }

  private static boolean toFloats(OperatorCall call) {
    return call.op().equals("CastLike")
        ? call.has(1) && !(call.item(1) instanceof Constant c && c.type() != ElementType.FLOAT)
        : FLOATS.contains(call.attributes().integer("to", 1));
  }
}
