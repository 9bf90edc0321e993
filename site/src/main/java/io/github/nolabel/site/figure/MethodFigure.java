package io.github.nolabel.site.figure;

import io.github.nolabel.site.figure.Block.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The picture of a method: its networks, memories and losses, and what they give each other.
 *
 * @param blocks inputs first, then in the order in which the graph computes them
 * @param arrows between them
 * @param followers blocks whose weights follow another one's, by name
 */
public record MethodFigure(List<Block> blocks, List<Arrow> arrows, Map<String, String> followers) {

  /**
   * @param printed the training graph without its backward pass, as {@code GraphPrinter} writes it
   */
  public static MethodFigure of(String printed) {
    PrintedGraph graph = PrintedGraph.parse(printed);
    Blocks folded = Blocks.of(graph);
    Map<String, String> inputs = joined(graph.inputs(), folded.reads());
    Map<String, Map<String, Set<Boolean>>> reads = withInputs(folded.reads(), inputs);
    Map<String, Map<String, Boolean>> parameters = folded.parameters();
    Map<String, String> followers = followers(parameters);
    List<Block> blocks = new ArrayList<>();
    new LinkedHashSet<>(inputs.values())
        .forEach(name -> blocks.add(new Block(name, Kind.INPUT, "")));
    Set<String> written = new LinkedHashSet<>();
    graph.writes().keySet().forEach(state -> written.add(Paths.block(state)));
    reads.keySet().forEach(name -> blocks.add(block(name, graph, parameters, followers, written)));
    blocks.sort(Comparator.comparing(block -> block.kind() == Kind.LOSS));
    return new MethodFigure(blocks, arrows(blocks, reads), followers);
  }

  /** The picture as SVG, in colours of day and night. */
  public String svg() {
    return new Drawing(this, Layout.of(this)).svg();
  }

  /** Inputs that go to the same blocks are one: its name by the name of each. */
  private static Map<String, String> joined(
      List<String> inputs, Map<String, Map<String, Set<Boolean>>> reads) {
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    for (String input : inputs) {
      List<String> readers =
          reads.entrySet().stream()
              .filter(entry -> entry.getValue().containsKey(Paths.input(input)))
              .map(Map.Entry::getKey)
              .toList();
      if (!readers.isEmpty()) {
        groups.computeIfAbsent(readers, r -> new ArrayList<>()).add(input);
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    groups
        .values()
        .forEach(
            group ->
                group.forEach(
                    input -> names.put(Paths.input(input), Paths.input(String.join(", ", group)))));
    return names;
  }

  private static Map<String, Map<String, Set<Boolean>>> withInputs(
      Map<String, Map<String, Set<Boolean>>> reads, Map<String, String> inputs) {
    Map<String, Map<String, Set<Boolean>>> renamed = new LinkedHashMap<>();
    reads.forEach(
        (reader, read) -> {
          Map<String, Set<Boolean>> names = new LinkedHashMap<>();
          read.forEach((name, stopped) -> names.put(inputs.getOrDefault(name, name), stopped));
          renamed.put(reader, names);
        });
    return renamed;
  }

  /** A block that is not trained and has the parameters of one that is, name by name. */
  private static Map<String, String> followers(Map<String, Map<String, Boolean>> parameters) {
    Map<String, String> followers = new TreeMap<>();
    parameters.forEach(
        (name, own) -> {
          if (!own.containsValue(true)) {
            trainedTwin(name, own.keySet(), parameters)
                .ifPresent(twin -> followers.put(name, twin));
          }
        });
    return followers;
  }

  private static Optional<String> trainedTwin(
      String name, Set<String> own, Map<String, Map<String, Boolean>> parameters) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getValue().containsValue(true))
        .filter(entry -> !own.isEmpty() && entry.getValue().keySet().equals(own))
        .map(Map.Entry::getKey)
        .filter(twin -> name.contains("teacher") && part(twin).equals(part(name)))
        .filter(
            twin ->
                twin.split("/", -1)[0].equals("student") || name.startsWith(twin.split("/", -1)[0]))
        .findFirst();
  }

  private static String part(String name) {
    return name.contains("/") ? name.substring(name.indexOf('/')) : "";
  }

  private static Block block(
      String name,
      PrintedGraph graph,
      Map<String, Map<String, Boolean>> parameters,
      Map<String, String> followers,
      Set<String> written) {
    Map<String, Boolean> own = parameters.getOrDefault(name, Map.of());
    if (own.containsValue(true)) {
      return new Block(name, Kind.TRAINED, "trained");
    } else if (followers.containsKey(name)) {
      String student = Objects.requireNonNull(followers.get(name));
      return new Block(name, Kind.FOLLOWS, "follows " + student);
    } else if (written.contains(name)) {
      return new Block(name, Kind.MEMORY, "remembers");
    } else if (!own.isEmpty()) {
      return new Block(name, Kind.FROZEN, "frozen");
    }
    boolean loss = name.equals(Paths.block(graph.loss()));
    return new Block(name, loss ? Kind.LOSS : Kind.COMPUTED, "");
  }

  private static List<Arrow> arrows(
      List<Block> blocks, Map<String, Map<String, Set<Boolean>>> reads) {
    Set<String> learning = learning(blocks, reads);
    List<Arrow> arrows = new ArrayList<>();
    reads.forEach(
        (to, read) ->
            read.forEach(
                (from, stopped) -> {
                  boolean could = learning.contains(from) && passes(to, blocks);
                  boolean gradient = could && stopped.contains(false);
                  arrows.add(new Arrow(from, to, gradient, could && !gradient));
                }));
    return arrows.stream().map(arrow -> arrow.without(deadEnds(arrows, blocks))).toList();
  }

  /** Blocks from which no way that gradients take leads to the loss. */
  private static Set<String> deadEnds(List<Arrow> arrows, List<Block> blocks) {
    Set<String> dead = new LinkedHashSet<>();
    blocks.stream()
        .filter(block -> block.kind() != Kind.LOSS)
        .forEach(block -> dead.add(block.name()));
    for (boolean more = true; more; ) {
      more = false;
      for (Arrow arrow : arrows) {
        more |= arrow.gradient() && !dead.contains(arrow.to()) && dead.remove(arrow.from());
      }
    }
    return dead;
  }

  /** Whether a gradient that comes to this block goes on to what it reads. */
  private static boolean passes(String name, List<Block> blocks) {
    Set<Kind> passing = Set.of(Kind.TRAINED, Kind.COMPUTED, Kind.LOSS);
    return blocks.stream()
        .anyMatch(block -> block.name().equals(name) && passing.contains(block.kind()));
  }

  /** Blocks that are trained, or compute with something that is. */
  private static Set<String> learning(
      List<Block> blocks, Map<String, Map<String, Set<Boolean>>> reads) {
    Set<String> learning = new LinkedHashSet<>();
    blocks.stream()
        .filter(block -> block.kind() == Kind.TRAINED)
        .forEach(block -> learning.add(block.name()));
    for (boolean more = true; more; ) {
      more = false;
      for (Block block : blocks) {
        boolean computes = block.kind() == Kind.COMPUTED || block.kind() == Kind.LOSS;
        if (computes && readsLearning(block.name(), reads, learning)) {
          more |= learning.add(block.name());
        }
      }
    }
    return learning;
  }

  private static boolean readsLearning(
      String name, Map<String, Map<String, Set<Boolean>>> reads, Set<String> learning) {
    return reads.getOrDefault(name, Map.of()).entrySet().stream()
        .anyMatch(entry -> learning.contains(entry.getKey()) && entry.getValue().contains(false));
  }
}
