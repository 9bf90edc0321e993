package io.github.nolabel.testing;

import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Computes graphs in float64 by naive loops that share nothing with the gradient rules. */
public final class Interpreter {

  private static final Map<String, Kernel> KERNELS = new TreeMap<>();

  static {
    ElementwiseKernels.addTo(KERNELS);
    LogicKernels.addTo(KERNELS);
    LinearKernels.addTo(KERNELS);
    ReductionKernels.addTo(KERNELS);
    ShapeKernels.addTo(KERNELS);
    IndexingKernels.addTo(KERNELS);
    NormalisationKernels.addTo(KERNELS);
    ConvolutionKernels.addTo(KERNELS);
  }

  private Interpreter() {}

  /** What a step left behind: its outputs, and every parameter after the state writes. */
  public record Step(Map<String, Nd> outputs, Map<String, Nd> state) {

    public Nd output(String name) {
      return require(outputs, name);
    }

    public Nd state(String name) {
      return require(state, name);
    }
  }

  /**
   * Runs one step.
   *
   * @param fed by name: every input and parameter that the graph needs
   */
  public static Step run(Graph graph, Map<String, Nd> fed) {
    Map<Value, Nd> known = new HashMap<>();
    Map<Value, Value> runningOf = new HashMap<>();
    graph.inputs().forEach(input -> known.put(input, require(fed, input.name())));
    graph.parameters().forEach(p -> known.put(p.value(), require(fed, p.name())));
    Map<String, Nd> state = new LinkedHashMap<>();
    graph.parameters().forEach(p -> state.put(p.name(), require(fed, p.name())));
    for (Node node : graph.nodes()) {
      compute(node, known);
      moveStatistics(node, known, runningOf, state);
    }
    graph.writes().forEach(w -> state.put(w.state().name(), require(known, w.next())));
    Map<String, Nd> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, require(known, value)));
    return new Step(outputs, state);
  }

  static boolean knows(String op) {
    return KERNELS.containsKey(op);
  }

  private static void compute(Node node, Map<Value, Nd> known) {
    List<Nd> inputs = node.inputs().stream().map(input -> require(known, input)).toList();
    List<Nd> results = require(KERNELS, node.op()).apply(node, inputs);
    for (int i = 0; i < node.outputs().size(); i++) {
      known.put(node.outputs().get(i), results.get(i));
    }
  }

  /** Batch normalisation moves the statistics it was given, directly or through another one. */
  private static void moveStatistics(
      Node node, Map<Value, Nd> known, Map<Value, Value> runningOf, Map<String, Nd> state) {
    if (!node.op().equals("BatchNormInternal")) {
      return;
    }
    for (int i = 1; i <= 2; i++) {
      Value given = node.input(i + 2);
      Value root = runningOf.getOrDefault(given, given);
      runningOf.put(node.outputs().get(i), root);
      Nd moved = require(known, node.outputs().get(i));
      state.computeIfPresent(root.name(), (name, old) -> moved);
    }
  }

  public static <K, V> V require(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing known of " + key + "; known: " + map.keySet());
    }
    return value;
  }
}
