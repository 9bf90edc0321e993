package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which tensors can be in bf16: those that products, GELU and its gradient write, or a layer
 * normalisation, or that are moved from such ones, and that nobody reads but products, GELU, its
 * gradient, sums over first axes and moves.
 */
final class RoundedTensors {

  private static final String MICROSOFT = "com.microsoft";

  /** Operators that move numbers of any type about; all but the last have one such input. */
  private static final Set<String> MOVES =
      Set.of("Identity", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Split", "Concat");

  private final NodeLinks links;
  private final Map<String, List<Long>> lists;
  private final Set<String> rounded = new HashSet<>();

  private RoundedTensors(
      List<NodeProto> nodes, List<String> results, Map<String, List<Long>> lists) {
    this.lists = lists;
    this.links = new NodeLinks(nodes, results);
    nodes.stream().filter(RoundedTensors::mayRound).forEach(n -> rounded.addAll(written(n)));
    rounded.removeIf(links::isResult);
  }

  /**
   * @param lists whole numbers that the graph keeps
   */
  static Set<String> of(
      List<NodeProto> nodes, List<String> results, Map<String, List<Long>> lists) {
    RoundedTensors tensors = new RoundedTensors(nodes, results, lists);
    while (tensors.rounded.removeIf(tensor -> !tensors.stays(tensor))) {
      // one that goes takes others with it
    }
    return tensors.rounded;
  }

  private static boolean mayRound(NodeProto node) {
    return BiasedProducts.isProduct(node) || isGelu(node) || moves(node) || isNormalisation(node);
  }

  private static List<String> written(NodeProto node) {
    return isNormalisation(node) ? node.outputs().subList(0, 1) : node.outputs();
  }

  /** Whether it and its gradient can be in bf16 throughout. */
  static boolean isGelu(NodeProto node) {
    return node.is(MICROSOFT, "GeluGrad")
        || (node.is("", "Gelu") && Set.of("", "none").contains(node.text("approximate")));
  }

  static boolean moves(NodeProto node) {
    return node.domain().isEmpty() && MOVES.contains(node.type());
  }

  static boolean isNormalisation(NodeProto node) {
    return node.is("", "LayerNormalization");
  }

  /** Whether a node reads no numbers, so that any type will do. */
  static boolean asksNothing(NodeProto node) {
    return node.asksForExtents() || node.is(MICROSOFT, "Group");
  }

  private boolean stays(String tensor) {
    List<NodeProto> readers = links.readers(tensor);
    return links.maker(tensor).filter(this::writes).isPresent()
        && readers.stream().anyMatch(reader -> !asksNothing(reader))
        && readers.stream().allMatch(reader -> reads(reader, tensor));
  }

  private boolean writes(NodeProto node) {
    if (moves(node)) {
      return rounded.containsAll(moved(node)) && rounded.containsAll(node.outputs());
    }
    return !isGelu(node) || rounded.containsAll(node.inputs());
  }

  private static List<String> moved(NodeProto node) {
    return node.type().equals("Concat") ? node.inputs() : node.inputs().subList(0, 1);
  }

  private boolean reads(NodeProto node, String tensor) {
    if (BiasedProducts.isProduct(node)) {
      return node.inputs().lastIndexOf(tensor) < RowOperators.BIAS;
    }
    if (moves(node) || isGelu(node)) {
      return rounded.containsAll(node.outputs());
    }
    return asksNothing(node) || leadingAxes(node, lists) > 0;
  }

  /** How many axes a sum goes over, if those are the first ones; else 0. */
  static int leadingAxes(NodeProto node, Map<String, List<Long>> lists) {
    if (!node.is("", "ReduceSum") || node.inputs().size() < 2) {
      return 0;
    }
    List<Long> axes = lists.getOrDefault(node.inputs().get(1), List.of());
    boolean first = axes.equals(LongStream.range(0, axes.size()).boxed().toList());
    return first ? axes.size() : 0;
  }
}
