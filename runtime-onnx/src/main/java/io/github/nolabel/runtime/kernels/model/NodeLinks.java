package io.github.nolabel.runtime.kernels.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which node makes a tensor, and which ones read it. */
public final class NodeLinks {

  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> results;

  public NodeLinks(List<NodeProto> nodes, List<String> results) {
    this.results = Set.copyOf(results);
    for (NodeProto node : nodes) {
      node.outputs().forEach(output -> makers.put(output, node));
      node.inputs()
          .forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
    }
  }

  /** Empty for what is given to the graph. */
  public Optional<NodeProto> maker(String tensor) {
    return Optional.ofNullable(makers.get(tensor));
  }

  public List<NodeProto> readers(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  /** The one node that reads this tensor, once, if it is of this type of ONNX's own. */
  public Optional<NodeProto> onlyReader(String tensor, String type) {
    List<NodeProto> all = readers(tensor);
    return all.size() == 1 && !isResult(tensor)
        ? Optional.of(all.get(0)).filter(node -> node.is("", type))
        : Optional.empty();
  }

  /** Whether the graph gives it away. */
  public boolean isResult(String tensor) {
    return results.contains(tensor);
  }
}
