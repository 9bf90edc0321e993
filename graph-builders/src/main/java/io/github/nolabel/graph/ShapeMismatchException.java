package io.github.nolabel.graph;

import io.github.nolabel.api.Shape;

/** Operands that cannot meet in one operator. */
public final class ShapeMismatchException extends IllegalArgumentException {

  ShapeMismatchException(String op, Shape left, Shape right, String detail) {
    super("%s cannot combine %s with %s: %s".formatted(op, left, right, detail));
  }

  ShapeMismatchException(String op, Shape shape, String detail) {
    super("%s cannot take %s: %s".formatted(op, shape, detail));
  }
}
