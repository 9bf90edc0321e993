package io.github.nolabel.update;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * {@code b = momentum * b + g}, followed as {@code b} or, after Nesterov, as {@code g + momentum *
 * b}. PyTorch's form, without dampening.
 */
record Momentum(double momentum, boolean nesterov) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    if (momentum == 0) {
      return direction;
    }
    Ops g = parameter.ops();
    Value buffer = parameter.memory("momentum");
    Value next = g.add(g.mul(buffer, momentum), direction);
    parameter.write(buffer, next);
    return nesterov ? g.add(direction, g.mul(next, momentum)) : next;
  }
}
