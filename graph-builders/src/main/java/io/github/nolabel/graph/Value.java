package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;

/** A named tensor in a graph; the name is unique in it. */
public record Value(String name, ElementType type, Shape shape) {

  @Override
  public String toString() {
    return name + shape;
  }
}
