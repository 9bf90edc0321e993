package io.github.nolabel.autodiff;

import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Appends the backward pass of a scalar loss to the graph that computes it. */
public final class ReverseMode {

  private final GradientTable table;

  public ReverseMode(GradientTable table) {
    this.table = table;
  }

  /**
   * The gradient of {@code loss} for every trainable parameter, in declaration order.
   *
   * @param loss float[], produced by a node of {@code graph}
   * @throws MissingGradientException if an operator between a parameter and the loss has no rule
   * @throws IllegalStateException if a trainable parameter does not influence the loss
   */
  public Map<Parameter, Value> differentiate(GraphBuilder graph, Value loss) {
    return differentiate(graph, loss, graph.ops("gradient").constant(1));
  }

  /**
   * The same gradients times {@code factor}.
   *
   * @param factor float[]
   */
  public Map<Parameter, Value> differentiate(GraphBuilder graph, Value loss, Value factor) {
    List<Parameter> trainable = graph.parameters().stream().filter(Parameter::trainable).toList();
    Map<Value, Value> gradients =
        differentiate(graph, loss, factor, trainable.stream().map(Parameter::value).toList());
    Map<Parameter, Value> byParameter = new LinkedHashMap<>();
    for (Parameter parameter : trainable) {
      Value gradient = gradients.get(parameter.value());
      if (gradient == null) {
        throw new IllegalStateException(
            "Trainable parameter '%s' does not influence the loss. Freeze its scope or use it."
                .formatted(parameter.name()));
      }
      byParameter.put(parameter, gradient);
    }
    return byParameter;
  }

  /** The gradients of {@code loss} for those of {@code wanted} that influence it. */
  public Map<Value, Value> differentiate(GraphBuilder graph, Value loss, List<Value> wanted) {
    return differentiate(graph, loss, graph.ops("gradient").constant(1), wanted);
  }

  private Map<Value, Value> differentiate(
      GraphBuilder graph, Value loss, Value factor, List<Value> wanted) {
    List<Node> forward = graph.nodes();
    Set<Value> active = activeValues(forward, wanted);
    Ops g = graph.ops("gradient");
    Map<Value, Value> cotangents = new HashMap<>();
    cotangents.put(loss, factor);
    for (int i = forward.size() - 1; i >= 0; i--) {
      Node node = forward.get(i);
      if (node.outputs().stream().anyMatch(cotangents::containsKey)) {
        pullBack(node, active, g, cotangents);
      }
    }
    Map<Value, Value> gradients = new LinkedHashMap<>();
    wanted.stream()
        .filter(cotangents::containsKey)
        .forEach(value -> gradients.put(value, cotangents.get(value)));
    return gradients;
  }

  private void pullBack(Node node, Set<Value> active, Ops g, Map<Value, Value> cotangents) {
    Cotangents dy = new Cotangents(g, node, cotangents);
    for (int i = 0; i < node.inputs().size(); i++) {
      Value input = node.input(i);
      if (active.contains(input) && rule(node, i) instanceof InputRule.Differentiable rule) {
        Value dx = Broadcasting.sumToShape(g, input, rule.pullback().apply(g, node, dy));
        cotangents.merge(input, dx, g::add);
        requireComplete(node, dy);
      }
    }
  }

  private static void requireComplete(Node node, Cotangents dy) {
    if (dy.ignored()) {
      throw new MissingGradientException(node, "the loss depends on a further output of the node");
    }
  }

  private InputRule rule(Node node, int input) {
    InputRule rule =
        table
            .rule(node.op(), input)
            .orElseThrow(() -> new MissingGradientException(node, table.ops()));
    if (rule instanceof InputRule.Unsupported unsupported) {
      throw new MissingGradientException(node, unsupported.reason());
    }
    return rule;
  }

  /** Every value that one of {@code sources} influences through differentiable inputs. */
  private Set<Value> activeValues(List<Node> forward, List<Value> sources) {
    Set<Value> active = new HashSet<>(sources);
    for (Node node : forward) {
      if (carriesActivity(node, active)) {
        active.addAll(node.outputs());
      }
    }
    return active;
  }

  private boolean carriesActivity(Node node, Set<Value> active) {
    return IntStream.range(0, node.inputs().size())
        .filter(i -> active.contains(node.input(i)))
        .anyMatch(
            i -> !(table.rule(node.op(), i).orElse(null) instanceof InputRule.NonDifferentiable));
  }
}
