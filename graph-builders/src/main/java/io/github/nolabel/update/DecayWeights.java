package io.github.nolabel.update;

import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;

/** Adds {@code rate * w} for weights; biases, gains and embeddings are left alone. */
record DecayWeights(double rate) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    if (rate == 0 || parameter.parameter().role() != Role.WEIGHT) {
      return direction;
    }
    return parameter.ops().add(direction, parameter.ops().mul(parameter.weight(), rate));
  }
}
