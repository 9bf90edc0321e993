package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes products with weights and the vectors that are added to them together, where nobody else
 * reads the product.
 */
final class BiasedProducts {

  private final Map<String, List<Long>> known;
  private final NodeLinks links;

  private BiasedProducts(GraphProto graph) {
    known = graph.floats();
    links = new NodeLinks(graph.nodes(), graph.results());
  }

  /** The graph's nodes with fewer in their place. */
  static List<NodeProto> of(GraphProto graph) {
    BiasedProducts biased = new BiasedProducts(graph);
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      if (biased.bias(node).isEmpty()) {
        nodes.add(biased.product(node).map(product -> biased.joined(product, node)).orElse(node));
      }
    }
    return nodes;
  }

  /** What is added to this product and nothing else. */
  private Optional<String> bias(NodeProto product) {
    if (!isProduct(product) || product.number("alpha", 1) != 1) {
      return Optional.empty();
    }
    String before = product.outputs().get(0);
    return links
        .onlyReader(before, "Add")
        .map(sum -> sum.inputs().get(sum.inputs().get(0).equals(before) ? 1 : 0))
        .filter(bias -> known.getOrDefault(bias, List.of()).equals(columns(product)));
  }

  /** How many the product has, if its second factor is a weight. */
  private List<Long> columns(NodeProto product) {
    List<Long> weight = known.getOrDefault(product.inputs().get(1), List.of());
    boolean isMatrix = weight.size() == 2 && product.whole("transBatchB", 0) == 0;
    return isMatrix ? List.of(weight.get(product.whole("transB", 0) == 0 ? 1 : 0)) : List.of(-1L);
  }

  private Optional<NodeProto> product(NodeProto sum) {
    return sum.is("", "Add")
        ? sum.inputs().stream()
            .flatMap(summand -> links.maker(summand).stream())
            .filter(maker -> bias(maker).isPresent())
            .findFirst()
        : Optional.empty();
  }

  private NodeProto joined(NodeProto product, NodeProto sum) {
    List<String> read = new ArrayList<>(product.inputs());
    read.add(bias(product).orElseThrow());
    return product.as(RowOperators.product(Set.of(), Set.of()), read, sum.outputs());
  }

  static boolean isProduct(NodeProto node) {
    return node.is("", "MatMul")
        || node.is("com.microsoft", "FusedMatMul")
        || node.is(RowOperators.DOMAIN, RowOperators.product(Set.of(), Set.of()).name());
  }
}
