package io.github.nolabel.fragment;

import io.github.nolabel.graph.Value;

/** A fragment attached to a graph: parameters are fixed, inputs are not. */
@FunctionalInterface
public interface TensorFunction {

  Value apply(Value x);

  default TensorFunction andThen(TensorFunction next) {
    return x -> next.apply(apply(x));
  }
}
