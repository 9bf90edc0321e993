package io.github.nolabel.site.figure;

import io.github.nolabel.site.figure.PrintedGraph.PrintedNode;
import java.util.ArrayList;
import java.util.Collections;
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

  /** Operators that only move numbers. */
  private static final Set<String> MOVES =
      Set.of(
          "Concat",
          "Slice",
          "Split",
          "SplitLike",
          "Reshape",
          "Transpose",
          "Unsqueeze",
          "Squeeze",
          "Gather",
          "Expand",
          "Cast",
          "Identity");

  /** Operators of which no value of a network follows. */
  private static final Set<String> COUNTS =
      Set.of("Constant", "ElementCount", "RowNumbers", "Numbers", "ZerosLike");

  private final PrintedGraph graph;
  private final Map<String, Set<Source>> sources = new HashMap<>();
  private final Map<String, Map<String, Set<Boolean>>> reads = new LinkedHashMap<>();
  private final Set<String> needed;
  private final Set<String> owners = new HashSet<>();
  private final Set<PrintedNode> prepared;

  private Blocks(PrintedGraph graph) {
    this.graph = graph;
    this.needed = needed(graph);
    this.prepared = prepared();
    graph.inputs().forEach(name -> sources.put(name, Set.of(new Source(Paths.input(name), false))));
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
    String block = Paths.block(parameter);
    owners.add(block);
    sources.put(parameter, Set.of(new Source(block, false)));
  }

  private boolean isNeeded(PrintedNode node) {
    return node.outputs().stream().anyMatch(needed::contains);
  }

  private void follow(PrintedNode node) {
    String block = Paths.block(node.outputs().get(0));
    if (onlyPasses(node, block)) {
      Set<Source> through = new LinkedHashSet<>();
      boolean stops = node.op().equals("Detach");
      // The other inputs of SplitLike only say how long its parts are.
      long read = node.op().equals("SplitLike") ? 1 : node.inputs().size();
      node.inputs().stream()
          .limit(read)
          .forEach(input -> of(input).forEach(s -> through.add(stops ? stopped(s) : s)));
      node.outputs().forEach(output -> sources.put(output, through));
    } else if (!COUNTS.contains(node.op())) {
      reads.computeIfAbsent(block, b -> new LinkedHashMap<>());
      node.inputs().forEach(input -> read(block, input));
      Set<Source> made = Set.of(new Source(block, isStopped(node)));
      node.outputs().forEach(output -> sources.put(output, made));
    }
  }

  /** Whether no gradient of what a node makes gets to a network: all that it reads is stopped. */
  private boolean isStopped(PrintedNode node) {
    List<Source> networks =
        node.inputs().stream()
            .flatMap(input -> of(input).stream())
            .filter(source -> !Paths.isInput(source.block()))
            .toList();
    return !networks.isEmpty() && networks.stream().allMatch(Source::stopped);
  }

  /** Whether a value goes on as it came as far as a picture is concerned. */
  private boolean onlyPasses(PrintedNode node, String block) {
    if (node.op().equals("Detach") || Paths.isWatching(node.outputs().get(0))) {
      return true;
    }
    boolean moves = MOVES.contains(node.op()) || prepared.contains(node);
    return !owners.contains(block) && (moves || node.inputs().stream().allMatch(this::isOfInputs));
  }

  private boolean isOfInputs(String value) {
    return of(value).stream().allMatch(source -> Paths.isInput(source.block()));
  }

  /** What is computed under the loss's path for other blocks, such as keys for a queue. */
  private Set<PrintedNode> prepared() {
    String loss = Paths.block(graph.loss());
    Set<String> wanted = new HashSet<>(graph.writes().values());
    graph.nodes().stream()
        .filter(this::isNeeded)
        .filter(node -> !Paths.isWatching(node.outputs().get(0)))
        .filter(node -> !Paths.block(node.outputs().get(0)).equals(loss))
        .forEach(node -> wanted.addAll(node.inputs()));
    Set<PrintedNode> prepared = new HashSet<>();
    List<PrintedNode> backwards = new ArrayList<>(graph.nodes());
    Collections.reverse(backwards);
    for (PrintedNode node : backwards) {
      boolean ofLoss = Paths.block(node.outputs().get(0)).equals(loss);
      if (ofLoss && node.outputs().stream().anyMatch(wanted::contains)) {
        prepared.add(node);
        wanted.addAll(node.inputs());
      }
    }
    return prepared;
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
    Collections.reverse(backwards);
    for (PrintedNode node : backwards) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
      }
    }
    return needed;
  }
}
