package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a formula write the states itself, where the old values lie, in place of the operators that
 * write. Those wait for everybody else who reads the old value; so does the formula then. It reads
 * a position of all states before it writes that position, so that its own reads and writes need
 * not wait for each other.
 */
final class FormulaWrites {

  private static final String MICROSOFT = "com.microsoft";

  /** Says that it is done when all its inputs are there. */
  private static final String GROUP = "Group";

  private final List<NodeProto> nodes;
  private final Set<String> shown;
  private final Set<String> truths;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<NodeProto, FormulaDraft> drafts = new HashMap<>();

  private FormulaWrites(GraphProto graph) {
    nodes = graph.nodes();
    shown = Set.copyOf(graph.results());
    truths = graph.truths();
    for (NodeProto node : nodes) {
      node.outputs().forEach(output -> makers.put(output, node));
      node.inputs().forEach(i -> readers.computeIfAbsent(i, name -> new ArrayList<>()).add(node));
    }
  }

  /**
   * @param drafts all that may become formulas
   */
  static FormulaWrites of(GraphProto graph, List<FormulaDraft> drafts) {
    FormulaWrites writes = new FormulaWrites(graph);
    for (FormulaDraft draft : drafts) {
      draft.members().forEach(member -> writes.drafts.put(member, draft));
      writes.of(draft).forEach(write -> writes.drafts.put(write, draft));
    }
    return writes;
  }

  /**
   * Empty where a result is not written once and in any case, where somebody but a {@code Group}
   * waits for a write, or where who is waited for waits for the formula.
   */
  Optional<Updates.Replacement> inPlace(FormulaDraft draft) {
    List<NodeProto> writes = of(draft);
    Set<String> awaited = awaited(writes);
    Set<String> needed = new HashSet<>(awaited);
    draft.members().forEach(member -> needed.addAll(member.inputs()));
    draft.members().forEach(member -> needed.removeAll(member.outputs()));
    return writes.size() == draft.results().size()
            && writes.stream().allMatch(this::isCertain)
            && flags(writes).stream().allMatch(this::isWaitedForOnly)
            && needed.stream().noneMatch(after(draft)::contains)
        ? Optional.of(replacement(draft, writes, awaited))
        : Optional.empty();
  }

  /** The writes of its results, in their order. */
  private List<NodeProto> of(FormulaDraft draft) {
    return draft.results().stream()
        .flatMap(result -> readers(result).stream())
        .filter(Updates::isWrite)
        .toList();
  }

  private static List<String> flags(List<NodeProto> writes) {
    return writes.stream().flatMap(write -> write.outputs().stream()).toList();
  }

  private static String gate(NodeProto write) {
    return write.inputs().get(2);
  }

  private Optional<NodeProto> group(String gate) {
    return Optional.ofNullable(makers.get(gate)).filter(FormulaWrites::isGroup);
  }

  private static boolean isGroup(NodeProto node) {
    return node.domain().equals(MICROSOFT) && node.type().equals(GROUP);
  }

  /** Whether it replaces the old value whenever it runs, and says no more than that it did. */
  private boolean isCertain(NodeProto write) {
    return write.outputs().size() == 1
        && (truths.contains(gate(write)) || group(gate(write)).isPresent());
  }

  private boolean isWaitedForOnly(String flag) {
    return !shown.contains(flag) && readers(flag).stream().allMatch(FormulaWrites::isGroup);
  }

  /** What is there when nobody else reads the old values any more. */
  private Set<String> awaited(List<NodeProto> writes) {
    Set<String> awaited = new LinkedHashSet<>();
    writes.forEach(write -> group(gate(write)).ifPresent(g -> awaited.addAll(g.inputs())));
    flags(writes).forEach(awaited::remove);
    return awaited;
  }

  /** What is there after the draft's writes only; others' formulas count as a whole. */
  private Set<String> after(FormulaDraft draft) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(flags(of(draft)));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (found.add(name)) {
        readers(name).forEach(reader -> open.addAll(given(reader)));
      }
    }
    return found;
  }

  private List<String> given(NodeProto node) {
    FormulaDraft draft = drafts.get(node);
    return draft == null ? node.outputs() : flags(of(draft));
  }

  /** Who waits for a write finds the formula's result under the name of the write's flag. */
  private Updates.Replacement replacement(
      FormulaDraft draft, List<NodeProto> writes, Set<String> awaited) {
    List<NodeProto> members = new ArrayList<>(draft.members());
    members.addAll(writes);
    writes.forEach(
        write -> group(gate(write)).filter(g -> isOnlyFor(g, writes)).ifPresent(members::add));
    NodeProto last = nodes.stream().filter(writes::contains).reduce((a, b) -> b).orElseThrow();
    List<NodeProto> replacing =
        awaited.isEmpty()
            ? List.of(draft.asFormula(truth(writes), writes))
            : awaiting(draft, writes, awaited);
    return new Updates.Replacement(members, last, flags(writes), replacing);
  }

  private String truth(List<NodeProto> writes) {
    return writes.stream()
        .map(FormulaWrites::gate)
        .filter(truths::contains)
        .findFirst()
        .orElseThrow();
  }

  private static List<NodeProto> awaiting(
      FormulaDraft draft, List<NodeProto> writes, Set<String> awaited) {
    String gate = writes.get(0).outputs().get(0) + "/gate";
    return List.of(
        new NodeProto(MICROSOFT, GROUP, gate, List.copyOf(awaited), List.of(gate), List.of()),
        draft.asFormula(gate, writes));
  }

  private boolean isOnlyFor(NodeProto group, List<NodeProto> writes) {
    return group.outputs().stream()
        .allMatch(o -> !shown.contains(o) && writes.containsAll(readers(o)));
  }

  private List<NodeProto> readers(String value) {
    return readers.getOrDefault(value, List.of());
  }
}
