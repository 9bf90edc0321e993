package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets weights of equal extents take their update together, one behind the other in one tensor: a
 * card needs a few microseconds to start an operator, however small, and an optimizer has dozens
 * for every weight. The numbers are the same to the last bit.
 */
public final class GroupedUpdates {

  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Sqrt",
          "Max",
          "Min",
          "Where",
          "Clip",
          "Neg",
          "Abs",
          "Sign",
          "Reciprocal");

  /** Numbers in a tensor above which it keeps a card busy by itself. */
  private static final long LARGE = 1 << 20;

  private GroupedUpdates() {}

  /** The same model where no two updates are alike. */
  public static byte[] rewritten(byte[] model) {
    GraphProto graph = GraphProto.of(model);
    if (graph.hasInnerGraphs()) {
      return model;
    }
    List<Updates.Replacement> groups =
        alike(graph).values().stream()
            .filter(group -> group.size() > 1)
            .map(GroupedUpdates::together)
            .toList();
    return groups.isEmpty() ? model : graph.with(Updates.replaced(graph.nodes(), groups));
  }

  private static Map<Object, List<UpdatePattern>> alike(GraphProto graph) {
    Updates updates = Updates.of(graph, GroupedUpdates::isElementwise);
    Map<String, List<Long>> known = graph.known();
    Map<Object, List<UpdatePattern>> alike = new LinkedHashMap<>();
    for (FormulaDraft draft : updates.drafts()) {
      if (!draft.extents().isEmpty() && numbers(draft.extents()) <= LARGE) {
        Optional<UpdatePattern> pattern = UpdatePattern.of(draft, known, updates::isSingle);
        pattern.ifPresent(p -> alike.computeIfAbsent(p.key(), key -> new ArrayList<>()).add(p));
      }
    }
    return alike;
  }

  static long numbers(List<Long> extents) {
    return extents.stream().mapToLong(extent -> extent).reduce(1, Math::multiplyExact);
  }

  private static boolean isElementwise(NodeProto node) {
    return node.domain().isEmpty() && ELEMENTWISE.contains(node.type());
  }

  private static Updates.Replacement together(List<UpdatePattern> group) {
    UpdatePattern first = group.get(0);
    String prefix = "group:" + first.results().get(0) + "/";
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = 0; i < first.inputs().size(); i++) {
      int place = i;
      nodes.add(
          joined(
              group.stream().map(one -> one.inputs().get(place)).toList(),
              prefix + first.inputs().get(i)));
    }
    nodes.addAll(first.under(prefix));
    for (int i = 0; i < first.results().size(); i++) {
      int place = i;
      nodes.add(
          split(
              prefix + first.results().get(i),
              group.stream().map(one -> one.results().get(place)).toList()));
    }
    return new Updates.Replacement(
        group.stream().flatMap(one -> one.draft().members().stream()).toList(),
        group.get(group.size() - 1).draft().last(),
        group.stream().flatMap(one -> one.results().stream()).toList(),
        nodes);
  }

  private static NodeProto joined(List<String> parts, String whole) {
    return new NodeProto(
        "", "Concat", whole, parts, List.of(whole), List.of(AttributeProto.whole("axis", 0)));
  }

  private static NodeProto split(String whole, List<String> parts) {
    return new NodeProto(
        "",
        "Split",
        whole + "/split",
        List.of(whole),
        parts,
        List.of(
            AttributeProto.whole("axis", 0), AttributeProto.whole("num_outputs", parts.size())));
  }
}
