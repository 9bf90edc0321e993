package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.model.NodeProto;
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
    } else if (is(node, "ReluGrad")) {
      fuseGradient(node);
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
    List<String> statistics = rest(first.outputs());
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

  /** {@code norm'(relu'(dy))}, or the same of a sum; what is between them may be read by others. */
  private void fuseGradient(int relu) {
    String between = nodes.get(relu).outputs().get(0);
    readers(between).stream()
        .filter(norm -> isGradientOf(between, norm, relu))
        .findFirst()
        .ifPresent(norm -> fuseGradient(relu, between, norm));
  }

  /** Whether it is one that can be computed as early as ReLU's. */
  private boolean isGradientOf(String between, int norm, int relu) {
    if (!is(norm, MapOperators.BATCH_NORM_GRADIENT)) {
      return false;
    }
    List<String> read = nodes.get(norm).inputs();
    return read.get(0).equals(between) && rest(read).stream().allMatch(name -> isMade(name, relu));
  }

  private void fuseGradient(int relu, String between, int norm) {
    NodeProto first = nodes.get(relu);
    NodeProto second = nodes.get(norm);
    Optional<Integer> sum = onlyFor(first.inputs().get(0), relu, "Add");
    List<String> summands =
        sum.map(i -> nodes.get(i).inputs()).orElse(first.inputs().subList(0, 1));
    List<String> read = joined(summands.subList(0, 1), rest(second.inputs()));
    read.add(first.inputs().get(1));
    read.addAll(rest(summands));
    List<String> kept = readers(between).size() > 1 ? List.of(between) : List.of();
    nodes.set(
        relu,
        second.as(MapOperators.BATCH_NORM_RELU_GRADIENT, read, joined(second.outputs(), kept)));
    nodes.set(norm, null);
    sum.ifPresent(i -> nodes.set(i, null));
  }

  private boolean isMade(String tensor, int before) {
    return made.getOrDefault(tensor, -1) < before;
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

  private static List<String> rest(List<String> names) {
    return names.subList(1, names.size());
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
