package io.github.nolabel.fragment.head;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * The cosine of every row with every prototype, float[N, width] to float[N, count]. Only the
 * prototypes' directions count: they live on the unit sphere whatever the optimizer does (SwAV's
 * prototypes; DINO's weight-normalised last layer with fixed lengths).
 *
 * @param lengths whether every prototype has a trained length too, starting at 1
 */
public record Prototypes(int width, int count, boolean lengths) implements Fragment {

  public Prototypes {
    Require.positive("width", width);
    Require.positive("count", count);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Value directions = scope.weight("weight", Shape.of(count, width), Initializer.fanIn(width));
    Ops g = scope.ops();
    TensorFunction cosines =
        x -> g.matMul(Vectors.unit(g, x), g.transposeMatrix(Vectors.unit(g, directions)));
    if (!lengths) {
      return cosines;
    }
    Value length = scope.gain("length", Shape.of(count), Initializer.constant(1));
    return x -> g.mul(cosines.apply(x), length);
  }
}
