package io.github.nolabel.site.figure;

import io.github.nolabel.site.figure.PrintedGraph.PrintedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A method's graph, folded: one block per path, an arrow where a value of one is read by another.
 * Only what the loss or a memory needs is in it.
 */
final class Blocks {

  /** Where a value comes from; {@code stopped} if its gradient ends on the way. */
  private record Source(String block, boolean stopped) {}

  private final PrintedGraph graph;
  private final Map<String, Set<Source>> sources = new HashMap<>();
  private final Map<String, Map<String, Set<Boolean>>> reads = new LinkedHashMap<>();
  private final Set<String> needed;

  private Blocks(PrintedGraph graph) {
    this.graph = graph;
    this.needed = needed(graph);
    graph.inputs().forEach(input -> sources.put(input, Set.of(new Source(input, false))));
    graph.parameters().keySet().forEach(this::ownedBy);
    graph.nodes().stream().filter(this::isNeeded).forEach(this::follow);
    graph.writes().forEach((state, next) -> read(Paths.block(state), next));
  }

  static Blocks of(PrintedGraph graph) {
    return new Blocks(graph);
  }

  /** Names of blocks in the order of their first nodes, inputs first; arrows between them. */
  Map<String, Map<String, Set<Boolean>>> reads() {
    return reads;
  }

  /** Parameters by block, without the block's path: name and whether it is trained. */
  Map<String, Map<String, Boolean>> parameters() {
    Map<String, Map<String, Boolean>> all = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            (name, trained) -> {
              String block = Paths.block(name);
              all.computeIfAbsent(block, b -> new TreeMap<>())
                  .put(name.substring(block.length()), trained);
            });
    return all;
  }

  private void ownedBy(String parameter) {
    sources.put(parameter, Set.of(new Source(Paths.block(parameter), false)));
  }

  private boolean isNeeded(PrintedNode node) {
    return node.outputs().stream().anyMatch(needed::contains);
  }

  private void follow(PrintedNode node) {
    String first = node.outputs().get(0);
    if (node.op().equals("Detach") || Paths.isWatching(first)) {
      Set<Source> through = new LinkedHashSet<>();
      boolean stops = node.op().equals("Detach");
      node.inputs().forEach(input -> of(input).forEach(s -> through.add(stops ? stopped(s) : s)));
      node.outputs().forEach(output -> sources.put(output, through));
    } else {
      String block = Paths.block(first);
      reads.computeIfAbsent(block, b -> new LinkedHashMap<>());
      node.inputs().forEach(input -> read(block, input));
      node.outputs().forEach(output -> sources.put(output, Set.of(new Source(block, false))));
    }
  }

  private void read(String block, String value) {
    for (Source source : of(value)) {
      if (!source.block().equals(block)) {
        reads
            .computeIfAbsent(block, b -> new LinkedHashMap<>())
            .computeIfAbsent(source.block(), b -> new HashSet<>())
            .add(source.stopped());
      }
    }
  }

  private Set<Source> of(String value) {
    return sources.getOrDefault(value, Set.of());
  }

  private static Source stopped(Source source) {
    return new Source(source.block(), true);
  }

  /** All values from which the loss or a state that is written follows. */
  private static Set<String> needed(PrintedGraph graph) {
    Set<String> needed = new HashSet<>(graph.writes().values());
    needed.add(graph.loss());
    List<PrintedNode> backwards = new ArrayList<>(graph.nodes());
    java.util.Collections.reverse(backwards);
    for (PrintedNode node : backwards) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
      }
    }
    return needed;
  }
}
