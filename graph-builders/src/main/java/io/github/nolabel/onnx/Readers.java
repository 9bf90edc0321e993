package io.github.nolabel.onnx;

import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.StateWrite;
import io.github.nolabel.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<Value, Node> producers = new HashMap<>();
  private final Map<Value, List<Node>> consumers = new HashMap<>();

  Readers(Graph graph, Set<Value> used) {
    this.graph = graph;
    this.used = used;
    for (Node node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
      for (Value input : new HashSet<>(node.inputs())) {
        consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The readers of a written state that its new value does not depend on. */
  List<Node> besides(StateWrite write) {
    Set<Node> before = ancestors(write.next());
    return of(write.state()).stream().filter(node -> !before.contains(node)).distinct().toList();
  }

  /** The graph's outputs that may be the memory of {@code state}. */
  List<String> outputsShowing(Value state) {
    return graph.outputs().entrySet().stream()
        .filter(output -> mayShare(output.getValue(), state))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether {@code value} is {@code source}, or may be its memory. */
  boolean mayShare(Value value, Value source) {
    Node producer = producers.get(value);
    return value.equals(source)
        || (producer != null
            && moves(producer)
            && producer.inputs().stream().anyMatch(input -> mayShare(input, source)));
  }

  /** The name of a result that is written to the model. */
  String resultOf(Node node) {
    return node.outputs().stream().filter(used::contains).findFirst().orElseThrow().name();
  }

  private List<Node> of(Value value) {
    List<Node> readers = new ArrayList<>();
    for (Node consumer : consumers.getOrDefault(value, List.of())) {
      if (moves(consumer)) {
        consumer.outputs().forEach(output -> readers.addAll(of(output)));
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
    Node producer = producers.get(value);
    return producer != null && producer.op().equals("Constant");
  }

  private Set<Node> ancestors(Value value) {
    Set<Node> found = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Node producer = producers.get(open.remove());
      if (producer != null && found.add(producer)) {
        open.addAll(producer.inputs());
      }
    }
    return found;
  }
}
