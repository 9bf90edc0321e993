package io.github.nolabel.graph;

import io.github.nolabel.api.train.Sharing;

/**
 * A value that outlives the step. Only trainable parameters receive gradients.
 *
 * @param drawnAs the name that its first values are drawn for: its own, or that of the parameter it
 *     starts as a copy of
 * @param sharing what several workers make of it
 * @param layersAbove layers between it and the end of the network: 0 for a head, and where a
 *     network does not tell its layers
 */
public record Parameter(
    Value value,
    Role role,
    boolean trainable,
    Sharing sharing,
    Initializer initializer,
    String drawnAs,
    int layersAbove) {

  /** This parameter with other first values. */
  Parameter startingAt(Initializer first) {
    return new Parameter(value, role, trainable, sharing, first, drawnAs, layersAbove);
  }

  public String name() {
    return value.name();
  }
}
