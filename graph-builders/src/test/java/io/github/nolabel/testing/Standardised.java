package io.github.nolabel.testing;

import java.util.function.IntToDoubleFunction;

/** The derivative of standardising groups of elements, by the Jacobian of one group. */
final class Standardised {

  final double[] standard;
  final double[] dx;
  private final Nd dy;
  private final Nd x;

  Standardised(Nd dy, Nd x, int size) {
    this.dy = dy;
    this.x = x;
    this.standard = new double[size];
    this.dx = new double[size];
  }

  /** d standard_i / d x_j = inverseStd (delta_ij - (1 + standard_i standard_j) / n). */
  void pull(int[] group, double mean, double inverseStd, IntToDoubleFunction gain) {
    for (int i : group) {
      standard[i] = (x.at(i) - mean) * inverseStd;
    }
    for (int j : group) {
      for (int i : group) {
        double slope = (i == j ? 1 : 0) - (1 + standard[i] * standard[j]) / group.length;
        dx[j] += dy.at(i) * gain.applyAsDouble(i) * slope * inverseStd;
      }
    }
  }
}
