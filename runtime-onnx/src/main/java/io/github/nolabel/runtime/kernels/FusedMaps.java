package io.github.nolabel.runtime.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes operators on feature maps together that follow each other and have one kernel, so that what
 * is between them is never written. Results of the graph are in ONNX's layout and so are read by a
 * node, as whatever else is.
 */
final class FusedMaps {

  private final List<NodeProto> nodes;
  private final Map<String, Integer> made = new HashMap<>();
  private final Map<String, List<Integer>> read = new HashMap<>();

  private FusedMaps(List<NodeProto> nodes) {
    this.nodes = new ArrayList<>(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        made.put(output, i);
      }
      for (String input : nodes.get(i).inputs()) {
        read.computeIfAbsent(input, name -> new ArrayList<>()).add(i);
      }
    }
  }

  /**
   * The nodes with fewer in their place.
   *
   * @param nodes in the order in which they run
   */
  static List<NodeProto> of(List<NodeProto> nodes) {
    FusedMaps maps = new FusedMaps(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      maps.fuse(i);
    }
    return maps.nodes.stream().filter(Objects::nonNull).toList();
  }

  private void fuse(int node) {
    if (is(node, "Relu")) {
      fuseRelu(node);
    }
  }

  /** {@code relu(norm(x))}, or {@code relu(norm(x) + other)}. */
  private void fuseRelu(int relu) {
    String before = nodes.get(relu).inputs().get(0);
    Optional<Integer> sum = onlyFor(before, relu, "Add");
    if (sum.isEmpty()) {
      onlyFor(before, relu, MapOperators.BATCH_NORM)
          .ifPresent(norm -> fuseRelu(norm, List.of(), relu));
      return;
    }
    List<String> summands = nodes.get(sum.get()).inputs();
    for (int i = 0; i < 2; i++) {
      Optional<Integer> norm = onlyFor(summands.get(i), sum.get(), MapOperators.BATCH_NORM);
      if (norm.isPresent() && fuseRelu(norm.get(), List.of(summands.get(1 - i)), relu)) {
        nodes.set(sum.get(), null);
        return;
      }
    }
  }

  /** Where ReLU stands, unless somebody needs the statistics before. */
  private boolean fuseRelu(int norm, List<String> added, int relu) {
    NodeProto first = nodes.get(norm);
    List<String> statistics = first.outputs().subList(1, first.outputs().size());
    if (statistics.stream().flatMap(name -> readers(name).stream()).anyMatch(i -> i < relu)) {
      return false;
    }
    nodes.set(
        relu,
        first.as(
            MapOperators.BATCH_NORM_RELU,
            joined(first.inputs(), added),
            joined(nodes.get(relu).outputs(), statistics)));
    nodes.set(norm, null);
    return true;
  }

  /** The node of that type that makes this tensor, which only one other reads, and once. */
  private Optional<Integer> onlyFor(String tensor, int reader, String type) {
    return Optional.ofNullable(made.get(tensor))
        .filter(maker -> is(maker, type) && readers(tensor).equals(List.of(reader)));
  }

  private boolean is(int node, String type) {
    return nodes.get(node) != null && MapOperators.is(nodes.get(node), type);
  }

  private List<Integer> readers(String tensor) {
    return tensor.isEmpty() ? List.of() : read.getOrDefault(tensor, List.of());
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
