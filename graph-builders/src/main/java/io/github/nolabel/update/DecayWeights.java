package io.github.nolabel.update;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;

/**
 * Adds {@code rate * w} for weights; biases and gains are left alone.
 *
 * @param embeddings whether they decay too
 */
record DecayWeights(Schedule rate, boolean embeddings) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    Role role = parameter.parameter().role();
    if (role != Role.WEIGHT && !(embeddings && role == Role.EMBEDDING)) {
      return direction;
    }
    Ops g = parameter.ops();
    Value decay = parameter.scheduled("weight_decay", rate);
    return g.add(direction, g.mul(parameter.weight(), decay));
  }
}
