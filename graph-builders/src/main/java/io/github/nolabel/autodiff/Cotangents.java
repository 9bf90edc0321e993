package io.github.nolabel.autodiff;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The loss's derivatives with respect to one node's outputs. */
public final class Cotangents {

  private final Ops g;
  private final Node node;
  private final Map<Value, Value> known;
  private final Set<Value> used = new HashSet<>();

  Cotangents(Ops g, Node node, Map<Value, Value> known) {
    this.g = g;
    this.node = node;
    this.known = known;
  }

  /** For the first output. */
  public Value first() {
    return of(0);
  }

  /** For any output; zeros where the loss does not depend on it. */
  public Value of(int output) {
    Value value = node.outputs().get(output);
    used.add(value);
    Value cotangent = known.get(value);
    return cotangent == null ? g.zerosLike(value) : cotangent;
  }

  /** Whether the loss depends on an output that no rule has asked about. */
  boolean ignored() {
    return node.outputs().stream().anyMatch(y -> known.containsKey(y) && !used.contains(y));
  }
}
