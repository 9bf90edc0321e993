package io.github.nolabel.onnx;

import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * Batch normalisation overwrites the memory of the statistics it is given, at a time that the
 * runtime chooses. Nobody else may look at that memory.
 */
final class RunningStatistics {

  private static final List<Integer> INPUTS = List.of(3, 4);

  private RunningStatistics() {}

  /**
   * @throws IllegalStateException if statistics that a batch normalisation moves are used elsewhere
   */
  static void requireOneReader(Graph graph) {
    graph.nodes().stream()
        .filter(node -> node.op().equals("BatchNormInternal"))
        .flatMap(node -> INPUTS.stream().map(node::input))
        .filter(statistics -> uses(graph, statistics) > 1)
        .findFirst()
        .ifPresent(
            statistics -> {
              throw new IllegalStateException(
                  """
                  Running statistics '%s' are moved by a batch normalisation and used elsewhere too.
                    fix:  give a second application the running outputs of the first,
                          and read the last application's outputs instead of the statistics."""
                      .formatted(statistics.name()));
            });
  }

  private static long uses(Graph graph, Value statistics) {
    Stream<Value> byNodes = graph.nodes().stream().map(Node::inputs).flatMap(List::stream);
    Stream<Value> byWrites =
        graph.writes().stream()
            .map(write -> List.of(write.state(), write.next()))
            .flatMap(List::stream);
    Stream<Value> byOutputs = graph.outputs().values().stream();
    return Stream.of(byNodes, byWrites, byOutputs)
        .flatMap(values -> values)
        .filter(statistics::equals)
        .count();
  }
}
