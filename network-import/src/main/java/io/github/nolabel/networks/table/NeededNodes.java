package io.github.nolabel.networks.table;

import io.github.nolabel.networks.file.OnnxGraph;
import io.github.nolabel.networks.file.OnnxNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out what a wanted value does not depend on. */
final class NeededNodes {

  private static final int FIRST_STATISTIC = 3;

  private NeededNodes() {}

  static List<OnnxNode> of(List<OnnxNode> nodes, List<String> wanted) {
    Set<String> names = new HashSet<>(wanted);
    Deque<OnnxNode> needed = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      OnnxNode node = nodes.get(i);
      if (node.outputs().stream().anyMatch(names::contains)) {
        needed.addFirst(node);
        read(node, names);
      }
    }
    return List.copyOf(needed);
  }

  /**
   * Whether the node's result depends on an input: its own statistics replace those it is given.
   */
  static boolean reads(OnnxNode node, int input) {
    boolean ownStatistics =
        node.operator().toString().equals("BatchNormalization")
            && Long.valueOf(1).equals(node.attributes().get("training_mode"));
    return input < FIRST_STATISTIC || !ownStatistics;
  }

  /** Branches see the names around them. */
  private static void read(OnnxNode node, Set<String> names) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (reads(node, i)) {
        names.add(node.inputs().get(i));
      }
    }
    names.remove("");
    for (Object value : node.attributes().values()) {
      if (value instanceof OnnxGraph graph) {
        names.addAll(graph.outputs());
        graph.nodes().forEach(inner -> read(inner, names));
      }
    }
  }
}
