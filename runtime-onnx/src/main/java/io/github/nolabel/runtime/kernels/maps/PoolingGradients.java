package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says the gradient of maxima over windows in one node that reads x. As the graph says it, it is
 * put where the maxima's places say, which count in ONNX's layout: {@code dx =
 * reshape(scatterAdd(zeros, reshape(places), reshape(dy)))}.
 */
final class PoolingGradients {

  private final NodeLinks links;
  private final Map<NodeProto, NodeProto> replaced = new HashMap<>();
  private final Set<NodeProto> gone = new HashSet<>();

  private PoolingGradients(NodeLinks links) {
    this.links = links;
  }

  /** The nodes with that one in the place of those. */
  static List<NodeProto> of(List<NodeProto> nodes, List<String> results) {
    PoolingGradients gradients = new PoolingGradients(new NodeLinks(nodes, results));
    nodes.stream().filter(node -> node.is("", "MaxPool")).forEach(gradients::find);
    List<NodeProto> left = new ArrayList<>(nodes);
    left.removeAll(gradients.gone);
    left.replaceAll(node -> gradients.replaced.getOrDefault(node, node));
    return left;
  }

  private void find(NodeProto pool) {
    if (pool.outputs().size() < 2) {
      return;
    }
    Optional<NodeProto> places = links.onlyReader(pool.outputs().get(1), "Reshape");
    Optional<NodeProto> scatter =
        places
            .flatMap(p -> links.onlyReader(p.outputs().get(0), "ScatterElements"))
            .filter(s -> s.text("reduction").equals("add"))
            .filter(s -> s.inputs().get(1).equals(places.get().outputs().get(0)));
    Optional<NodeProto> zeros = scatter.flatMap(s -> maker(s, 0)).filter(NodeProto::isZeros);
    Optional<NodeProto> dy = scatter.flatMap(s -> maker(s, 2)).filter(n -> n.is("", "Reshape"));
    Optional<NodeProto> dx = scatter.flatMap(s -> links.onlyReader(s.outputs().get(0), "Reshape"));
    if (zeros.isPresent() && dy.isPresent() && dx.isPresent()) {
      replace(pool, dy.get().inputs().get(0), dx.get());
      gone.addAll(List.of(places.get(), scatter.get()));
      if (isUnread(dy.get())) {
        gone.add(dy.get());
      }
      drop(zeros.get());
    }
  }

  private void replace(NodeProto pool, String dy, NodeProto dx) {
    replaced.put(pool, pool.writing(pool.outputs().subList(0, 1)));
    replaced.put(
        dx,
        pool.named(dx.name())
            .as(MapOperators.POOLING_GRADIENT, List.of(dy, pool.inputs().get(0)), dx.outputs()));
  }

  private Optional<NodeProto> maker(NodeProto node, int input) {
    return links.maker(node.inputs().get(input));
  }

  /** Takes away what nobody reads any more, and what was there for it. */
  private void drop(NodeProto node) {
    if (isUnread(node)) {
      gone.add(node);
      node.inputs().forEach(input -> links.maker(input).ifPresent(this::drop));
    }
  }

  private boolean isUnread(NodeProto node) {
    return node.outputs().stream()
        .allMatch(made -> !links.isResult(made) && gone.containsAll(links.readers(made)));
  }
}
