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

  /** By nodes that are put in. */
  private final Set<String> read = new HashSet<>();

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
    Optional<NodeProto> scatter = scatter(pool);
    Optional<NodeProto> dy = scatter.flatMap(s -> maker(s, 2)).filter(n -> n.is("", "Reshape"));
    Optional<NodeProto> dx = scatter.flatMap(s -> links.onlyReader(s.outputs().get(0), "Reshape"));
    if (scatter.isPresent() && dy.isPresent() && dx.isPresent()) {
      replace(pool, scatter.get(), dy.get().inputs().get(0), dx.get());
    }
  }

  /** The node that adds numbers to zeros where the maxima were. */
  private Optional<NodeProto> scatter(NodeProto pool) {
    return pool.outputs().size() < 2
        ? Optional.empty()
        : links
            .onlyReader(pool.outputs().get(1), "Reshape")
            .map(places -> places.outputs().get(0))
            .flatMap(
                places ->
                    links
                        .onlyReader(places, "ScatterElements")
                        .filter(scatter -> scatter.inputs().get(1).equals(places)))
            .filter(scatter -> scatter.text("reduction").equals("add"))
            .filter(scatter -> maker(scatter, 0).filter(NodeProto::isZeros).isPresent());
  }

  private Optional<NodeProto> maker(NodeProto node, int input) {
    return links.maker(node.inputs().get(input));
  }

  private void replace(NodeProto pool, NodeProto scatter, String dy, NodeProto dx) {
    List<String> operands = List.of(dy, pool.inputs().get(0));
    replaced.put(pool, pool.writing(pool.outputs().subList(0, 1)));
    replaced.put(
        dx, pool.named(dx.name()).as(MapOperators.POOLING_GRADIENT, operands, dx.outputs()));
    read.addAll(operands);
    gone.add(scatter);
    scatter.inputs().forEach(this::dropMaker);
  }

  /** Takes away what nobody reads any more, and what was there for it. */
  private void dropMaker(String tensor) {
    links
        .maker(tensor)
        .filter(node -> node.outputs().stream().allMatch(this::isUnread))
        .ifPresent(
            node -> {
              gone.add(node);
              node.inputs().forEach(this::dropMaker);
            });
  }

  private boolean isUnread(String tensor) {
    return !links.isResult(tensor)
        && !read.contains(tensor)
        && gone.containsAll(links.readers(tensor));
  }
}
