package io.github.nolabel.update;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Collection;

/** The length of all gradients taken as one vector. */
final class GradientNorm {

  private GradientNorm() {}

  /** float[] */
  static Value of(Ops g, Collection<Value> gradients) {
    Value squares =
        gradients.stream()
            .map(gradient -> g.reduceSum(g.mul(gradient, gradient), false))
            .reduce(g::add)
            .orElseThrow();
    return g.sqrt(squares);
  }

  /** The factor that brings {@code norm} down to {@code limit}, at most 1. */
  static Value clipFactor(Ops g, Value norm, double limit) {
    Value ratio = g.div(g.constant(limit), g.add(norm, g.constant(1e-6)));
    return g.min(ratio, g.constant(1));
  }
}
