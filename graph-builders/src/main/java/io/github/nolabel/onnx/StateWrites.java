package io.github.nolabel.onnx;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
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
 * Writes state in place, after everybody who reads the old value.
 *
 * <p>The runtime orders nodes by data alone. A reader that the new value does not depend on is made
 * to come first: its result feeds a {@code Group}, whose result the write waits for. Results that
 * may share the state's memory (reshapes and the like) count their own readers.
 */
final class StateWrites {

  private static final Set<String> VIEWS =
      Set.of("Reshape", "Squeeze", "Unsqueeze", "Transpose", "Detach");

  private final Map<Value, Node> producers = new HashMap<>();
  private final Map<Value, List<Node>> consumers = new HashMap<>();

  StateWrites(Graph graph) {
    for (Node node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
      node.inputs()
          .forEach(input -> consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
    }
  }

  void lower(List<StateWrite> writes, ProtoGraph graph) {
    if (writes.isEmpty()) {
      return;
    }
    Tensor yes = Tensor.zeros(ElementType.BOOL, 1);
    yes.bytes().put((byte) 1);
    String always = graph.initializer("constant_true", yes);
    for (StateWrite write : writes) {
      String state = write.state().name();
      List<String> waitedFor = othersReading(write);
      String gate = waitedFor.isEmpty() ? always : graph.intermediate(state, "readers_done");
      if (!waitedFor.isEmpty()) {
        graph.node(Opset.RUNTIME_DOMAIN, "Group", waitedFor, List.of(gate), Attributes.NONE);
      }
      graph.node(
          Opset.RUNTIME_DOMAIN,
          "InPlaceAccumulatorV2",
          List.of(state, write.next().name(), gate),
          List.of(graph.intermediate(state, "written")),
          Attributes.NONE);
    }
  }

  private List<String> othersReading(StateWrite write) {
    Set<Node> before = ancestors(write.next());
    return readers(write.state()).stream()
        .filter(node -> !before.contains(node))
        .map(node -> node.output().name())
        .toList();
  }

  private List<Node> readers(Value state) {
    List<Node> readers = new ArrayList<>();
    for (Node consumer : consumers.getOrDefault(state, List.of())) {
      if (VIEWS.contains(consumer.op())) {
        readers.addAll(readers(consumer.output()));
      } else {
        readers.add(consumer);
      }
    }
    return readers;
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
