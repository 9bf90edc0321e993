package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;

/** Adds {@code rate * w} for weights; biases, gains and embeddings are left alone. */
record DecayWeights(Schedule rate) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    if (parameter.parameter().role() != Role.WEIGHT) {
      return direction;
    }
    Ops g = parameter.ops();
    Value decay = parameter.scheduled("weight_decay", rate);
    return g.add(direction, g.mul(parameter.weight(), decay));
  }
}
