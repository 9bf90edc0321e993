package io.github.nolabel.update;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** The last link: {@code w -= rate * direction}. */
record Descend(Value rate) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    Ops g = parameter.ops();
    Value weight = parameter.weight();
    parameter.write(weight, g.sub(weight, g.mul(direction, rate)));
    return direction;
  }
}
