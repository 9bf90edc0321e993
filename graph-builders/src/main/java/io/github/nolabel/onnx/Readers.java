package io.github.nolabel.onnx;

import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.StateWrite;
import io.github.nolabel.graph.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who reads which value. Operators that move elements without changing them, or that the runtime
 * may optimise away, hand on the memory they are given: their readers count as the value's own.
 */
final class Readers {

  private static final Set<String> MOVES =
      Set.of(
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Detach",
          "Cast",
          "Slice",
          "Split",
          "SplitLike",
          "Concat",
          "ExpandLike",
          "Tile",
          "Pad");

  /** Adding zero or multiplying by one is optimised away. */
  private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");

  private final Graph graph;
  private final Set<Value> used;

  /** From a value's name to where the node stands that it comes from. */
  private final Map<String, Integer> producers = new HashMap<>();

  /** By node: where the nodes stand that its inputs come from. */
  private final int[][] before;

  /** From a value's name to where the nodes stand that read it. */
  private final Map<String, Set<Integer>> consumers = new HashMap<>();

  /** From an output's name to the values that it may be the memory of. */
  private final Map<String, Set<String>> shown = new LinkedHashMap<>();

  Readers(Graph graph, Set<Value> used) {
    this.graph = graph;
    this.used = used;
    before = new int[graph.nodes().size()][];
    for (int position = 0; position < graph.nodes().size(); position++) {
      Node node = graph.nodes().get(position);
      before[position] = producersOf(node.inputs());
      for (Value output : node.outputs()) {
        producers.put(output.name(), position);
      }
      for (Value input : node.inputs()) {
        consumers.computeIfAbsent(input.name(), name -> new LinkedHashSet<>()).add(position);
      }
    }
    graph.outputs().forEach((name, value) -> shown.put(name, sharedBy(value)));
  }

  /** The readers of a written state that its new value does not depend on. */
  List<Node> besides(StateWrite write) {
    BitSet before = ancestors(write.next());
    return of(write.state().name()).stream()
        .filter(position -> !before.get(position))
        .map(graph.nodes()::get)
        .toList();
  }

  /** The graph's outputs that may be the memory of {@code state}. */
  List<String> outputsShowing(Value state) {
    return shown.entrySet().stream()
        .filter(output -> output.getValue().contains(state.name()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The names of all values whose memory {@code value} may be, its own among them. */
  Set<String> sharedBy(Value value) {
    Set<String> names = new HashSet<>();
    addShared(value, names);
    return names;
  }

  private void addShared(Value value, Set<String> names) {
    Integer producer = producers.get(value.name());
    if (names.add(value.name()) && producer != null && moves(graph.nodes().get(producer))) {
      graph.nodes().get(producer).inputs().forEach(input -> addShared(input, names));
    }
  }

  /** The name of a result that is written to the model. */
  String resultOf(Node node) {
    return node.outputs().stream().filter(used::contains).findFirst().orElseThrow().name();
  }

  private Set<Integer> of(String value) {
    Set<Integer> readers = new LinkedHashSet<>();
    for (int consumer : consumers.getOrDefault(value, Set.of())) {
      Node node = graph.nodes().get(consumer);
      if (moves(node)) {
        node.outputs().forEach(output -> readers.addAll(of(output.name())));
      } else {
        readers.add(consumer);
      }
    }
    return readers;
  }

  private boolean moves(Node node) {
    return MOVES.contains(node.op())
        || (ARITHMETIC.contains(node.op()) && node.inputs().stream().anyMatch(this::isConstant));
  }

  private boolean isConstant(Value value) {
    Integer producer = producers.get(value.name());
    return producer != null && graph.nodes().get(producer).op().equals("Constant");
  }

  private int[] producersOf(List<Value> values) {
    return values.stream()
        .map(value -> producers.get(value.name()))
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Where the nodes stand that a value comes from: before each other, as all are in order. */
  private BitSet ancestors(Value value) {
    BitSet found = new BitSet();
    for (int producer : producersOf(List.of(value))) {
      found.set(producer);
    }
    for (int at = found.length() - 1; at >= 0; at = found.previousSetBit(at - 1)) {
      for (int producer : before[at]) {
        found.set(producer);
      }
    }
    return found;
  }
}
