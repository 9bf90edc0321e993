package io.github.nolabel.update;

import io.github.nolabel.graph.Value;

/**
 * One link of an optimizer: turns a direction (at first the gradient) into a better one, as graph
 * nodes plus state it declares. The whole chain's direction is followed downhill: {@code w -= rate
 * * direction}. Adam is a chain, AdamW another order of the same links.
 */
@FunctionalInterface
public interface UpdateRule {

  /**
   * @param direction float, shaped like the parameter
   */
  Value apply(UpdateScope parameter, Value direction);

  /** This link, then {@code next}. */
  default UpdateRule then(UpdateRule next) {
    return (parameter, direction) -> next.apply(parameter, apply(parameter, direction));
  }

  /** Leaves the direction as it is. */
  static UpdateRule identity() {
    return (parameter, direction) -> direction;
  }
}
