package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Scope;

/**
 * The cells of the backbone's grid as an image's regions, in place of a detector's boxes: images to
 * float[N, cells, featureWidth], without a class token.
 */
record RegionGrid(Backbone backbone) implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    return backbone
        .tokens()
        .attach(scope)
        .andThen(
            tokens -> {
              long count = tokens.shape().extent(1);
              boolean classToken = !isSquare(count) && isSquare(count - 1);
              return classToken ? scope.ops().slice(tokens, 1, 1, count) : tokens;
            });
  }

  /** Where the cells lie: x1, y1, x2, y2, width, height and area, of a side of 1; [1, cells, 7]. */
  static Tensor places(int cells) {
    int side = Math.toIntExact(Math.round(Math.sqrt((double) cells)));
    Require.that(side * side == cells, "%d regions make no square grid".formatted(cells));
    float unit = 1f / side;
    float[] places = new float[7 * cells];
    for (int cell = 0; cell < cells; cell++) {
      int row = cell / side;
      float x = unit * (cell - row * side);
      float y = unit * row;
      float[] place = {x, y, x + unit, y + unit, unit, unit, unit * unit};
      System.arraycopy(place, 0, places, 7 * cell, 7);
    }
    return Tensor.of(places, 1, cells, 7);
  }

  private static boolean isSquare(long number) {
    long root = Math.round(Math.sqrt((double) number));
    return root * root == number;
  }
}
