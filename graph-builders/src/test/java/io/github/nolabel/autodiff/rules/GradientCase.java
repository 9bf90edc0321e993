package io.github.nolabel.autodiff.rules;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * One way to use an operator.
 *
 * @param op the operator this is a case of, by its name in the gradient table
 * @param tolerance of float32 against float64, relative to the largest element
 */
record GradientCase(
    String op, String variant, List<Operand> operands, double tolerance, Building building) {

  private static final double FLOAT32 = 2e-6;

  /** Applies the operator. */
  @FunctionalInterface
  interface Building {
    Value build(Ops g, List<Value> x);
  }

  static GradientCase of(String op, String variant, Building building, Operand... operands) {
    return new GradientCase(op, variant, List.of(operands), FLOAT32, building);
  }

  GradientCase tolerance(double value) {
    return new GradientCase(op, variant, operands, value, building);
  }

  @Override
  public String toString() {
    return op + ": " + variant;
  }
}
