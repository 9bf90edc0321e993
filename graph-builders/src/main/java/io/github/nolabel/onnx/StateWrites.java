package io.github.nolabel.onnx;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.StateWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes state in place, after everybody who reads the old value.
 *
 * <p>The runtime orders nodes by data alone. A reader that the new value does not depend on is made
 * to come first: its result feeds a {@code Group}, whose result the write waits for. Readers are
 * nodes, outputs of the graph, and other writes that take their new value from this state.
 */
final class StateWrites {

  private final Readers readers;
  private final List<StateWrite> writes;

  /** From a value's name to the writes whose new value may be its memory. */
  private final Map<String, List<StateWrite>> takers = new HashMap<>();

  private final Set<String> done = new LinkedHashSet<>();
  private final ProtoGraph graph;

  StateWrites(Readers readers, List<StateWrite> writes, ProtoGraph graph) {
    this.readers = readers;
    this.graph = graph;
    this.writes = writes;
    for (StateWrite write : writes) {
      for (String source : readers.sharedBy(write.next())) {
        takers.computeIfAbsent(source, name -> new ArrayList<>()).add(write);
      }
    }
  }

  void lower() {
    if (writes.isEmpty()) {
      return;
    }
    Tensor yes = Tensor.zeros(ElementType.BOOL, 1);
    yes.bytes().put((byte) 1);
    String always = graph.initializer("constant_true", yes);
    writes.forEach(write -> lower(write, always, new LinkedHashSet<>()));
  }

  /** Writes that read this state come first; {@code waiting} are those that wait for this one. */
  private void lower(StateWrite write, String always, Set<String> waiting) {
    String state = write.state().name();
    if (!waiting.add(state)) {
      throw new IllegalStateException(
          "State " + waiting + " is exchanged in a circle; compute one of the new values.");
    }
    List<String> first = new ArrayList<>();
    for (StateWrite other : takersOf(write)) {
      lower(other, always, new LinkedHashSet<>(waiting));
      first.add(flag(other));
    }
    if (done.add(state)) {
      readers.besides(write).forEach(node -> first.add(readers.resultOf(node)));
      first.addAll(readers.outputsShowing(write.state()));
      emit(write, first.isEmpty() ? always : gate(state, first));
    }
  }

  private List<StateWrite> takersOf(StateWrite write) {
    return takers.getOrDefault(write.state().name(), List.of()).stream()
        .filter(other -> !other.equals(write))
        .toList();
  }

  private String gate(String state, List<String> first) {
    String gate = graph.intermediate(state, "readers_done");
    graph.node(Opset.RUNTIME_DOMAIN, "Group", first, List.of(gate), Attributes.NONE);
    return gate;
  }

  private void emit(StateWrite write, String gate) {
    List<String> inputs = List.of(write.state().name(), write.next().name(), gate);
    graph.node(
        Opset.RUNTIME_DOMAIN,
        "InPlaceAccumulatorV2",
        inputs,
        List.of(flag(write)),
        Attributes.NONE);
  }

  private String flag(StateWrite write) {
    return graph.intermediate(write.state().name(), "written");
  }
}
