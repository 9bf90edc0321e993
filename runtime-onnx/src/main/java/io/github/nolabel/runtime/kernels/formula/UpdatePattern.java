package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The update of one weight, so that others which do the same can be told.
 *
 * @param inputs of the weight's extents, in the order in which they are first read
 * @param results that are written, in the order in which they are computed
 * @param key equal for updates that differ in nothing but the names of inputs and results
 */
record UpdatePattern(FormulaDraft draft, List<String> inputs, List<String> results, Object key) {

  /**
   * Empty if it reads something that is neither one number nor of the weight's extents.
   *
   * @param known extents by name
   * @param isSingle whether it is one number, whatever its extents
   */
  static Optional<UpdatePattern> of(
      FormulaDraft draft, Map<String, List<Long>> known, Predicate<String> isSingle) {
    Map<String, Integer> registers = new LinkedHashMap<>();
    List<String> inputs = new ArrayList<>();
    List<Object> key = new ArrayList<>(List.of(draft.extents()));
    for (NodeProto node : draft.members()) {
      key.add(node.type());
      key.add(node.attributes());
      for (String input : node.inputs()) {
        if (!registers.containsKey(input) && draft.extents().equals(known.get(input))) {
          registers.put(input, registers.size());
          inputs.add(input);
        } else if (!registers.containsKey(input) && !isOne(input, known, isSingle)) {
          return Optional.empty();
        }
        Integer register = registers.get(input);
        key.add(register == null ? input : register);
      }
      registers.put(node.outputs().get(0), registers.size());
    }
    List<String> results = registers.keySet().stream().filter(draft.results()::contains).toList();
    results.forEach(result -> key.add(registers.get(result)));
    return Optional.of(new UpdatePattern(draft, List.copyOf(inputs), results, List.copyOf(key)));
  }

  private static boolean isOne(
      String input, Map<String, List<Long>> known, Predicate<String> isSingle) {
    List<Long> extents = known.get(input);
    return input.isEmpty()
        || isSingle.test(input)
        || (extents != null && GroupedUpdates.numbers(extents) == 1);
  }

  /** Its operators with all that belongs to the weight under names with this prefix. */
  List<NodeProto> under(String prefix) {
    List<String> own = new ArrayList<>(inputs);
    draft.members().forEach(node -> own.add(node.outputs().get(0)));
    return draft.members().stream()
        .map(
            node ->
                new NodeProto(
                    node.domain(),
                    node.type(),
                    prefix + node.name(),
                    node.inputs().stream().map(i -> own.contains(i) ? prefix + i : i).toList(),
                    List.of(prefix + node.outputs().get(0)),
                    node.attributes()))
        .toList();
  }
}
