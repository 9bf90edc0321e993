package io.github.nolabel.precision;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.StateWrite;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Batch normalisation overwrites the running statistics that it is given, whatever comes of the
 * step. Here it is given copies, and the statistics take the moved values only in a finite step.
 */
public final class GuardedStatistics {

  private static final String NORM = "BatchNormInternal";
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;

  private final Set<Value> parameters = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  /** By statistic, what it has become so far. */
  private final Map<Value, Value> moved = new LinkedHashMap<>();

  private GuardedStatistics(Graph graph) {
    graph.parameters().stream().map(Parameter::value).forEach(parameters::add);
  }

  /**
   * The same graph with guarded statistics.
   *
   * @param finite whether the step counts, bool[]
   */
  public static Graph of(Graph graph, Value finite) {
    GuardedStatistics pass = new GuardedStatistics(graph);
    graph.nodes().forEach(pass::add);
    List<StateWrite> writes = new ArrayList<>(graph.writes());
    pass.moved.forEach((state, now) -> writes.add(pass.guarded(finite, state, now)));
    return new Graph(graph.inputs(), graph.parameters(), pass.nodes, writes, graph.outputs());
  }

  /** The same graph, which leaves the statistics as they are. */
  public static Graph untouched(Graph graph) {
    GuardedStatistics pass = new GuardedStatistics(graph);
    graph.nodes().forEach(pass::add);
    return new Graph(
        graph.inputs(), graph.parameters(), pass.nodes, graph.writes(), graph.outputs());
  }

  private void add(Node node) {
    if (!node.op().equals(NORM)) {
      nodes.add(node);
      return;
    }
    List<Value> inputs = new ArrayList<>(node.inputs());
    for (int i = MEAN; i <= VARIANCE; i++) {
      inputs.set(i, given(node.input(i), node.outputs().get(i - 2)));
    }
    nodes.add(new Node(NORM, inputs, node.outputs(), node.attributes()));
  }

  /** A copy of a statistic; what an earlier application moved is a copy already. */
  private Value given(Value statistic, Value next) {
    if (parameters.contains(statistic)) {
      moved.put(statistic, next);
      // The larger of a number and itself: nothing that the runtime would optimise away.
      return append(
          "Max",
          new Value(statistic.name() + ":copy", ElementType.FLOAT, statistic.shape()),
          statistic,
          statistic);
    }
    moved.replaceAll((state, now) -> now.equals(statistic) ? next : now);
    return statistic;
  }

  private StateWrite guarded(Value finite, Value state, Value now) {
    Value next = new Value(state.name() + ":next", ElementType.FLOAT, state.shape());
    return new StateWrite(state, append("Where", next, finite, now, state));
  }

  private Value append(String op, Value result, Value... operands) {
    nodes.add(new Node(op, List.of(operands), List.of(result), Attributes.NONE));
    return result;
  }
}
