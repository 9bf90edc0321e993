package io.github.nolabel.autodiff;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** What differentiation does for one input of an operator. Three cases, never conflated. */
public sealed interface InputRule {

  /** The gradient exists and this computes it. */
  record Differentiable(Pullback pullback) implements InputRule {}

  /** The output does not depend smoothly on this input: indices, conditions, detached values. */
  record NonDifferentiable() implements InputRule {}

  /** The gradient exists in mathematics but nobody has written it yet. */
  record Unsupported(String reason) implements InputRule {}

  /** Maps the outputs' cotangents to the input's, before broadcasting is undone. */
  @FunctionalInterface
  interface Pullback {
    Value apply(Ops g, Node node, Cotangents dy);
  }
}
