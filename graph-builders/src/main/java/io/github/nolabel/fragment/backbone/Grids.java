package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** Maps of features as sequences. */
final class Grids {

  private Grids() {}

  /** float[N, C, h, w] to float[N, h w, C], row by row. */
  static Value tokens(Ops g, Value map) {
    Shape shape = map.shape();
    Dim places = shape.dim(2).times(shape.extent(3));
    return g.transpose(
        g.reshape(map, new Shape(List.of(shape.dim(0), shape.dim(1), places))), 0, 2, 1);
  }
}
