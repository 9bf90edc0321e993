package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * One learnt vector per index: int64[...] in [0, count) to float[..., width]. Starts normal with
 * standard deviation 0.02, has no weight decay unless a run asks for it; repeated indices add up
 * their gradients.
 */
public record Embedding(int count, int width) implements Fragment {

  private static final double SPREAD = 0.02;

  public Embedding {
    Require.positive("count", count);
    Require.positive("width", width);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Value table = scope.embedding("weight", Shape.of(count, width), Initializer.normal(SPREAD));
    return indices -> scope.ops().gather(table, indices);
  }
}
