package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets products multiply by the numbers that their factors or results are multiplied by. */
final class ScaledProducts {

  private final GraphProto graph;
  private final NodeLinks links;
  private final Map<String, Float> scalars;

  /** Multiplications that products take over. */
  private final Set<NodeProto> taken = new HashSet<>();

  private ScaledProducts(GraphProto graph) {
    this.graph = graph;
    links = new NodeLinks(graph.nodes(), graph.results());
    scalars = graph.scalars();
  }

  /** The graph's nodes with fewer in their place. */
  static List<NodeProto> of(GraphProto graph) {
    return new ScaledProducts(graph).nodes();
  }

  private List<NodeProto> nodes() {
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      NodeProto result = ProductModel.isRewritable(node) ? scaled(node) : node;
      boolean before = isScale(node) && after(node).isEmpty() && isForProducts(node);
      if (!before && !taken.contains(node)) {
        nodes.add(result);
      }
    }
    return nodes;
  }

  private NodeProto scaled(NodeProto product) {
    float alpha = product.number("alpha", 1);
    List<String> read = new ArrayList<>();
    for (String input : product.inputs()) {
      Optional<NodeProto> scale = before(input);
      read.add(scale.map(this::scaledBy).orElse(input));
      alpha *= scale.map(this::number).orElse(1f);
    }
    Optional<NodeProto> scale = links.onlyReader(product.outputs().get(0), "Mul");
    if (scale.filter(this::isScale).isPresent()) {
      taken.add(scale.get());
      return ProductModel.fused(
          product.writing(scale.get().outputs()), read, alpha * number(scale.get()));
    }
    return read.equals(product.inputs()) ? product : ProductModel.fused(product, read, alpha);
  }

  /** The multiplication that gave this factor, if it is there for products only. */
  private Optional<NodeProto> before(String factor) {
    return links
        .maker(factor)
        .filter(this::isScale)
        .filter(scale -> after(scale).isEmpty() && isForProducts(scale));
  }

  private boolean isForProducts(NodeProto scale) {
    String scaled = scale.outputs().get(0);
    return !links.isResult(scaled)
        && links.readers(scaled).stream().allMatch(ProductModel::isRewritable);
  }

  /** The product whose result it alone reads. */
  private Optional<NodeProto> after(NodeProto scale) {
    return links
        .maker(scaledBy(scale))
        .filter(ProductModel::isRewritable)
        .filter(product -> links.onlyReader(product.outputs().get(0), "Mul").isPresent());
  }

  private boolean isScale(NodeProto node) {
    return node.is("", "Mul") && node.inputs().stream().anyMatch(scalars::containsKey);
  }

  private String scaledBy(NodeProto scale) {
    return scale.inputs().get(scalars.containsKey(scale.inputs().get(1)) ? 0 : 1);
  }

  private float number(NodeProto scale) {
    return scale.inputs().stream()
        .flatMap(input -> Optional.ofNullable(scalars.get(input)).stream())
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
