package io.github.nolabel.graph;

/** A value that outlives the step. Only trainable parameters receive gradients. */
public record Parameter(Value value, Role role, boolean trainable, Initializer initializer) {

  public String name() {
    return value.name();
  }
}
