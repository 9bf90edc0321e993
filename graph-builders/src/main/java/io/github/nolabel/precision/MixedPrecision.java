package io.github.nolabel.precision;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites a float32 graph so that products of weights, and what lies between them, are computed in
 * float16, by the rule of each operator (Micikevicius et al. 2018, arXiv 1710.03740). Parameters,
 * state, inputs and outputs stay float32; a value that both kinds of readers want exists twice, and
 * a cast stands between them.
 */
public final class MixedPrecision {

  private final List<Node> nodes = new ArrayList<>();

  /** The float16 twin of a float32 value. */
  private final Map<Value, Value> halves = new HashMap<>();

  /** Float32 values that an operator made in float16; their casts come when somebody asks. */
  private final Map<Value, Value> pending = new HashMap<>();

  /** Those among the twins that an operator made, rather than a cast. */
  private final Set<Value> computed = new HashSet<>();

  /** Weights, and what is a weight in another shape. */
  private final Set<Value> weights;

  private MixedPrecision(Set<Value> weights) {
    this.weights = weights;
  }

  /** The same graph in mixed precision. */
  public static Graph of(Graph graph) {
    MixedPrecision pass = new MixedPrecision(weights(graph));
    graph.nodes().forEach(pass::add);
    graph.outputs().values().forEach(pass::whole);
    graph.writes().forEach(write -> pass.whole(write.next()));
    return new Graph(
        graph.inputs(), graph.parameters(), pass.nodes, graph.writes(), graph.outputs());
  }

  private void add(Node node) {
    if (HalfRule.of(node.op()).isPresent() && weights.containsAll(node.inputs())) {
      weights.addAll(node.outputs());
    }
    HalfRule.of(node.op())
        .filter(rule -> worthIt(node, rule))
        .ifPresentOrElse(rule -> addHalf(node, rule), () -> addWhole(node));
  }

  private boolean worthIt(Node node, HalfRule rule) {
    Stream<Value> read = node.inputs().stream().limit(rule.inputs());
    return switch (rule.when()) {
      case ANY -> read.anyMatch(x -> weights.contains(x) || computed.contains(x));
      case ALL -> read.allMatch(computed::contains);
      case SECOND -> computed.contains(node.input(1));
    };
  }

  private void addWhole(Node node) {
    node.inputs().forEach(this::whole);
    nodes.add(node);
  }

  private void addHalf(Node node, HalfRule rule) {
    List<Value> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      inputs.add(inputs.size() < rule.inputs() ? half(input) : whole(input));
    }
    List<Value> outputs = new ArrayList<>();
    for (Value output : node.outputs()) {
      outputs.add(outputs.size() < rule.outputs() ? made(output) : output);
    }
    nodes.add(new Node(node.op(), inputs, outputs, node.attributes()));
  }

  /** The float16 result in place of {@code output}; indices and the like stay what they are. */
  private Value made(Value output) {
    if (output.type() != ElementType.FLOAT) {
      return output;
    }
    Value twin = twin(output);
    halves.put(output, twin);
    pending.put(output, twin);
    computed.add(output);
    return twin;
  }

  private Value half(Value value) {
    if (value.type() != ElementType.FLOAT) {
      return value;
    }
    Value twin = halves.get(value);
    if (twin == null) {
      twin = cast(whole(value), twin(value));
      halves.put(value, twin);
    }
    return twin;
  }

  /** {@code value} itself, which exists from now on. */
  private Value whole(Value value) {
    Value twin = pending.remove(value);
    return twin == null ? value : cast(twin, value);
  }

  private static Set<Value> weights(Graph graph) {
    return graph.parameters().stream()
        .filter(parameter -> parameter.role() == Role.WEIGHT)
        .map(Parameter::value)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private Value cast(Value from, Value to) {
    Attributes type = Attributes.of("to", to.type().onnxCode());
    nodes.add(new Node("Cast", List.of(from), List.of(to), type));
    return to;
  }

  private static Value twin(Value value) {
    return new Value(value.name() + ":half", ElementType.FLOAT16, value.shape());
  }
}
