package io.github.nolabel.graph;

/**
 * A value that outlives the step. Only trainable parameters receive gradients.
 *
 * @param drawnAs the name that its first values are drawn for: its own, or that of the parameter it
 *     starts as a copy of
 */
public record Parameter(
    Value value, Role role, boolean trainable, Initializer initializer, String drawnAs) {

  public String name() {
    return value.name();
  }
}
