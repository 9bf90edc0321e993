package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What gives a weight, its moments and its teacher their next values: operators that take each
 * position by itself, and whose results nobody reads but they and the writes.
 */
final class Updates {

  private static final String WRITE = "InPlaceAccumulatorV2";

  private final Predicate<NodeProto> taken;
  private final Map<String, List<Long>> declared;
  private final Set<String> singles = new HashSet<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<NodeProto, FormulaDraft> drafts = new HashMap<>();

  private Updates(GraphProto graph, Predicate<NodeProto> taken) {
    this.taken = taken;
    declared = graph.floats();
    declared.forEach((name, extents) -> addSingle(name, extents.isEmpty()));
    for (NodeProto node : graph.nodes()) {
      node.inputs().forEach(i -> readers.computeIfAbsent(i, name -> new ArrayList<>()).add(node));
      addSingle(node.outputs().get(0), taken.test(node) && singles.containsAll(node.inputs()));
    }
  }

  private void addSingle(String name, boolean single) {
    if (single) {
      singles.add(name);
    }
  }

  /**
   * @param taken whether an operator takes each position by itself
   */
  static Updates of(GraphProto graph, Predicate<NodeProto> taken) {
    Updates updates = new Updates(graph, taken);
    updates.find(graph);
    return updates;
  }

  /** From the last operator to the first: one joins those that read it, if nobody else does. */
  private void find(GraphProto graph) {
    Set<String> results = new HashSet<>(graph.results());
    List<NodeProto> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (taken.test(node)
          && !results.contains(node.outputs().get(0))
          && !singles.containsAll(node.inputs())) {
        join(node, i);
      }
    }
  }

  private void join(NodeProto node, int place) {
    String result = node.outputs().get(0);
    List<NodeProto> reading = readers.getOrDefault(result, List.of());
    boolean written = reading.stream().anyMatch(reader -> isWrite(reader, result));
    List<FormulaDraft> joined = reading.stream().map(drafts::get).filter(Objects::nonNull).toList();
    Set<List<Long>> extents = new HashSet<>();
    joined.forEach(draft -> extents.add(draft.extents()));
    reading.stream()
        .filter(reader -> isWrite(reader, result))
        .forEach(write -> extents.add(declared.getOrDefault(write.inputs().get(0), List.of())));
    if (extents.size() == 1
        && reading.stream().allMatch(r -> drafts.containsKey(r) || isWrite(r, result))) {
      FormulaDraft draft = new FormulaDraft(extents.iterator().next());
      joined.forEach(draft::addAll);
      draft.add(place, node, written);
      draft.members().forEach(member -> drafts.put(member, draft));
    }
  }

  private boolean isWrite(NodeProto reader, String value) {
    return isWrite(reader)
        && reader.inputs().get(1).equals(value)
        && declared.containsKey(reader.inputs().get(0));
  }

  static boolean isWrite(NodeProto node) {
    return node.type().equals(WRITE);
  }

  /** Extents of float32 tensors that are fed or kept, where they are all known. */
  Map<String, List<Long>> declared() {
    return declared;
  }

  /** Whether it is one number that follows from numbers which are fed or kept. */
  boolean isSingle(String value) {
    return singles.contains(value);
  }

  /** Those of one weight each, in the model's order. */
  List<FormulaDraft> drafts() {
    return drafts.values().stream()
        .distinct()
        .sorted((one, other) -> Integer.compare(one.lastPlace(), other.lastPlace()))
        .toList();
  }

  /**
   * The model's nodes with these in the place of others: they stand where the last of those stood,
   * and who reads their results after them.
   */
  static List<NodeProto> replaced(List<NodeProto> nodes, Collection<Replacement> replacements) {
    Map<NodeProto, Replacement> replaced = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (Replacement one : replacements) {
      one.members().forEach(member -> replaced.put(member, one));
      missing.addAll(one.results());
    }
    List<NodeProto> sorted = new ArrayList<>();
    List<NodeProto> waiting = new ArrayList<>();
    for (NodeProto node : nodes) {
      Replacement replacement = replaced.get(node);
      if (replacement == null) {
        waiting.add(node);
      } else if (replacement.last().equals(node)) {
        waiting.addAll(replacement.nodes());
      }
      release(waiting, sorted, missing);
    }
    return sorted;
  }

  private static void release(
      List<NodeProto> waiting, List<NodeProto> sorted, Set<String> missing) {
    int before;
    do {
      before = sorted.size();
      for (NodeProto node : List.copyOf(waiting)) {
        if (node.inputs().stream().noneMatch(missing::contains)) {
          waiting.remove(node);
          sorted.add(node);
          missing.removeAll(node.outputs());
        } else {
          missing.addAll(node.outputs());
        }
      }
    } while (sorted.size() > before);
  }

  /**
   * @param members that go
   * @param last the last of them in the model
   * @param results of theirs that others read
   */
  record Replacement(
      Collection<NodeProto> members,
      NodeProto last,
      Collection<String> results,
      List<NodeProto> nodes) {}
}
