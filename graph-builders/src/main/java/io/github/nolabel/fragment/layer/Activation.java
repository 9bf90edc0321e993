package io.github.nolabel.fragment.layer;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Scope;

/** Element-wise nonlinearities; they have no parameters. */
public enum Activation implements Fragment {
  NONE,
  RELU,
  GELU,
  QUICK_GELU,
  TANH;

  @Override
  public TensorFunction attach(Scope scope) {
    return x ->
        switch (this) {
          case NONE -> x;
          case RELU -> scope.ops().relu(x);
          case GELU -> scope.ops().gelu(x);
          case QUICK_GELU -> scope.ops().quickGelu(x);
          case TANH -> scope.ops().tanh(x);
        };
  }
}
