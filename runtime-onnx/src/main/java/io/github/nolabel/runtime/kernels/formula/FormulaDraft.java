package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Operators that become one {@link ConditionalFormula}. */
final class FormulaDraft {

  /** More would not fit into a core's cache. */
  private static final int MOST_REGISTERS = 64;

  private final List<Long> extents;

  /** By their place in the model. */
  private final TreeMap<Integer, NodeProto> members = new TreeMap<>();

  private final Set<String> results = new LinkedHashSet<>();

  /**
   * @param extents of what is written
   */
  FormulaDraft(List<Long> extents) {
    this.extents = extents;
  }

  void addAll(FormulaDraft other) {
    members.putAll(other.members);
    results.addAll(other.results);
  }

  void add(int place, NodeProto node, boolean written) {
    members.put(place, node);
    if (written) {
      results.add(node.outputs().get(0));
    }
  }

  List<Long> extents() {
    return extents;
  }

  Collection<NodeProto> members() {
    return members.values();
  }

  /** This one and another of the same extents. */
  FormulaDraft and(FormulaDraft other) {
    FormulaDraft both = new FormulaDraft(extents);
    both.addAll(this);
    both.addAll(other);
    return both;
  }

  /** What is read outside. */
  Set<String> results() {
    return results;
  }

  /** Where in the model the last of them stands. */
  int lastPlace() {
    return members.lastKey();
  }

  NodeProto last() {
    return members.lastEntry().getValue();
  }

  /**
   * Whether there is something to gain, the operator has room for it, and one of its inputs is
   * known to be as large as what is written.
   */
  boolean isWorthIt(Map<String, List<Long>> declared) {
    List<String> inputs = inputs();
    return members.size() > 1
        && inputs.size() + members.size() <= MOST_REGISTERS
        && fits()
        && inputs.stream().anyMatch(input -> extents.equals(declared.get(input)));
  }

  /** Whether the operator has as many inputs and outputs. */
  boolean fits() {
    return inputs().size() + results.size() <= FormulaKernel.MOST_INPUTS
        && results.size() <= FormulaKernel.MOST_RESULTS;
  }

  private List<String> inputs() {
    Set<String> inputs = new LinkedHashSet<>();
    members.values().forEach(node -> inputs.addAll(Choices.read(node)));
    members.values().forEach(node -> inputs.removeAll(node.outputs()));
    return List.copyOf(inputs);
  }

  /**
   * The formula as a node in their place and in that of the writes.
   *
   * @param gate there when the formula may run
   * @param writes of its results, in their order
   */
  NodeProto asFormula(String gate, List<NodeProto> writes) {
    Set<String> read = new LinkedHashSet<>();
    writes.forEach(write -> read.add(write.inputs().get(0)));
    read.addAll(inputs());
    List<String> inputs = List.copyOf(read);
    ConditionalFormula formula = formula(inputs);
    return new NodeProto(
        FormulaKernel.DOMAIN,
        FormulaKernel.NAME,
        FormulaKernel.NAME + ":" + last().outputs().get(0),
        Stream.concat(Stream.of(gate), inputs.stream()).toList(),
        writes.stream().map(write -> write.outputs().get(0)).toList(),
        List.of(
            AttributeProto.whole(FormulaKernel.INPUTS, inputs.size()),
            AttributeProto.wholes(FormulaKernel.STEPS, formula.encoded()),
            AttributeProto.wholes(
                FormulaKernel.RESULTS, formula.results().stream().map(Long::valueOf).toList())));
  }

  private ConditionalFormula formula(List<String> inputs) {
    List<String> registers = new ArrayList<>(inputs);
    List<ConditionalFormula.Step> steps = new ArrayList<>();
    for (NodeProto node : members.values()) {
      steps.add(step(node, registers));
      registers.add(node.outputs().get(0));
    }
    return new ConditionalFormula(
        inputs.size(), steps, results.stream().map(registers::indexOf).toList());
  }

  private static ConditionalFormula.Step step(NodeProto node, List<String> registers) {
    List<Integer> read = Choices.read(node).stream().map(registers::indexOf).toList();
    int last = read.get(read.size() - 1);
    return Choices.is(node)
        ? ConditionalFormula.Step.choice(read.get(0), read.get(1), last)
        : ConditionalFormula.Step.of(Operation.of(node).orElseThrow(), read.get(0), last);
  }
}
