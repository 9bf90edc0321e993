package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Value;
import java.util.List;

/** A tensor seen as a matrix. */
final class Rows {

  private Rows() {}

  /**
   * {@code [rows, width]}, where the last axis has extent {@code width} and all others are rows.
   */
  static Shape of(Value x, long width) {
    Shape leading = new Shape(x.shape().dims().subList(0, x.shape().rank() - 1));
    return new Shape(List.of(leading.elements(), Dim.of(width)));
  }
}
