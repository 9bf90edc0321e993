package io.github.nolabel.runtime.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts one {@link Formula} in the place of the many operators that give a weight, its moments and
 * its teacher their next values. Nobody but those operators and the writes reads what lies between,
 * so that it need not pass through memory.
 */
final class FormulaModel {

  private static final String WRITE = "InPlaceAccumulatorV2";

  private final Map<String, List<Long>> declared;
  private final Set<String> singles = new HashSet<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<NodeProto, FormulaDraft> drafts = new HashMap<>();

  private FormulaModel(GraphProto graph) {
    declared = graph.floats();
    declared.forEach((name, extents) -> addSingle(name, extents.isEmpty()));
    for (NodeProto node : graph.nodes()) {
      node.inputs().forEach(i -> readers.computeIfAbsent(i, name -> new ArrayList<>()).add(node));
      addSingle(
          node.outputs().get(0),
          Operation.of(node).isPresent() && singles.containsAll(node.inputs()));
    }
  }

  private void addSingle(String name, boolean single) {
    if (single) {
      singles.add(name);
    }
  }

  /** The same model where nothing is gained. */
  static byte[] rewritten(byte[] model, KernelChoice choice) {
    return choice.isEmpty() ? model : rewritten(model, GraphProto.of(model));
  }

  private static byte[] rewritten(byte[] model, GraphProto graph) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    FormulaModel formulas = new FormulaModel(graph);
    formulas.find(graph);
    return formulas.drafts.isEmpty()
        ? model
        : OperatorSets.named(graph.with(formulas.sorted(graph.nodes())), FormulaKernel.DOMAIN);
  }

  /** From the last operator to the first: one joins those that read it, if nobody else does. */
  private void find(GraphProto graph) {
    Set<String> results = new HashSet<>(graph.results());
    List<NodeProto> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (Operation.of(node).isPresent()
          && !results.contains(node.outputs().get(0))
          && !singles.containsAll(node.inputs())) {
        join(node, i);
      }
    }
    drafts.values().removeIf(draft -> !draft.isWorthIt(declared));
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
    return reader.type().equals(WRITE)
        && reader.inputs().get(1).equals(value)
        && declared.containsKey(reader.inputs().get(0));
  }

  /** Formulas stand where their last operator stood, and who reads their results after them. */
  private List<NodeProto> sorted(List<NodeProto> nodes) {
    Set<String> missing = new HashSet<>();
    drafts.values().forEach(draft -> missing.addAll(draft.results()));
    List<NodeProto> sorted = new ArrayList<>();
    List<NodeProto> waiting = new ArrayList<>();
    for (NodeProto node : nodes) {
      FormulaDraft draft = drafts.get(node);
      if (draft == null) {
        waiting.add(node);
      } else if (draft.isLast(node)) {
        waiting.add(draft.node());
      }
      release(waiting, sorted, missing);
    }
    return sorted;
  }

  private static void release(
      List<NodeProto> waiting, List<NodeProto> sorted, Set<String> missing) {
    for (NodeProto node : List.copyOf(waiting)) {
      if (node.inputs().stream().noneMatch(missing::contains)) {
        waiting.remove(node);
        sorted.add(node);
        missing.removeAll(node.outputs());
      } else {
        missing.addAll(node.outputs());
      }
    }
  }
}
