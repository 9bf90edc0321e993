package io.github.nolabel.networks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which values a result changes with smoothly, so that they have a gradient. */
final class Reached {

  /** What is the same, or jumps, wherever its operands go. */
  private static final Set<String> STEPS =
      Set.of("Sign", "Mod", "Detach", "ZerosLike", "ElementCount", "RowNumbers");

  private Reached() {}

  static Set<Value> from(Value result, List<Node> nodes) {
    Set<Value> reached = new HashSet<>(Set.of(result));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (!STEPS.contains(node.op()) && node.outputs().stream().anyMatch(reached::contains)) {
        node.inputs().stream()
            .filter(input -> input.type() == ElementType.FLOAT)
            .forEach(reached::add);
      }
    }
    return reached;
  }
}
