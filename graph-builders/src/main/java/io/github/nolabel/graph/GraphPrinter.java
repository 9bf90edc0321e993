package io.github.nolabel.graph;

import java.util.Locale;

/** Stable text of a graph, for golden files and for people. */
public final class GraphPrinter {

  private GraphPrinter() {}

  /** One line per input, parameter, node, state write and output, in the graph's order. */
  public static String print(Graph graph) {
    StringBuilder text = new StringBuilder();
    graph.inputs().forEach(input -> text.append("input     ").append(typed(input)).append('\n'));
    graph
        .parameters()
        .forEach(
            p ->
                text.append(p.trainable() ? "parameter " : "state     ")
                    .append(p.value())
                    .append(' ')
                    .append(p.role().name().toLowerCase(Locale.ROOT))
                    .append('\n'));
    graph.nodes().forEach(node -> text.append("node      ").append(node).append('\n'));
    graph
        .writes()
        .forEach(
            w ->
                text.append("write     ")
                    .append(w.state().name())
                    .append(" <- ")
                    .append(w.next().name())
                    .append('\n'));
    graph
        .outputs()
        .forEach(
            (name, value) ->
                text.append("output    ")
                    .append(name)
                    .append(" = ")
                    .append(value.name())
                    .append('\n'));
    return text.toString();
  }

  private static String typed(Value value) {
    return value.name() + " " + value.type().name().toLowerCase(Locale.ROOT) + value.shape();
  }
}
