package io.github.nolabel.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished graph: nodes in topological order, nothing that neither an output nor a state write
 * needs. Outputs have names of their own.
 */
public record Graph(
    List<Value> inputs,
    List<Parameter> parameters,
    List<Node> nodes,
    List<StateWrite> writes,
    Map<String, Value> outputs) {

  public Graph {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    nodes = List.copyOf(nodes);
    writes = List.copyOf(writes);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
