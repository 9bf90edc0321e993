package io.github.nolabel.update;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** The last link: {@code w -= rate * direction}. */
record Descend(LearningRates rates) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    Ops g = parameter.ops();
    Value weight = parameter.weight();
    Value rate = rates.of(parameter.parameter());
    parameter.write(weight, parameter.bounded(g.sub(weight, g.mul(direction, rate))));
    return direction;
  }
}
