package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * Layer normalisation (Ba et al. 2016) over the last axis of float[..., width].
 *
 * @param epsilon added to the variance
 */
public record LayerNorm(int width, double epsilon) implements Fragment {

  /** With the epsilon of vision transformers, 1e-6. */
  public LayerNorm(int width) {
    this(width, 1e-6);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Value gain = scope.gain("weight", Shape.of(width), Initializer.constant(1));
    Value bias = scope.bias("bias", Shape.of(width), Initializer.constant(0));
    return x -> scope.ops().layerNorm(x, gain, bias, epsilon).get(0);
  }
}
