package io.github.nolabel.update;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;

/**
 * LARS (You et al. 2017, arXiv 1708.03888): a weight's direction is scaled to {@code trust * |w| /
 * |direction|}, so that every layer moves by the same share of its length. Biases, gains and
 * embeddings are left alone, and so is a weight or a direction of zeros.
 */
record ScaleByTrustRatio(double trust) implements UpdateRule {

  @Override
  public Value apply(UpdateScope parameter, Value direction) {
    if (parameter.parameter().role() != Role.WEIGHT) {
      return direction;
    }
    Ops g = parameter.ops();
    Value weightLength = length(g, parameter.weight());
    Value directionLength = length(g, direction);
    Value zero = g.constant(0);
    Value both = g.and(g.greater(weightLength, zero), g.greater(directionLength, zero));
    Value safe = g.where(both, directionLength, g.constant(1));
    Value ratio = g.mul(g.div(weightLength, safe), trust);
    return g.mul(direction, g.where(both, ratio, g.constant(1)));
  }

  private static Value length(Ops g, Value x) {
    return g.sqrt(g.reduceSum(g.mul(x, x), false));
  }
}
