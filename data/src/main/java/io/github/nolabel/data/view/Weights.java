package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;

/**
 * Which source pixels make a target pixel along one axis, and how much of each: a filter that grows
 * with the reduction (antialiasing), as in Pillow and PyTorch. Reused from image to image.
 */
final class Weights {

  private final Interpolation interpolation;
  private int[] first = new int[0];
  private int[] count = new int[0];
  private float[] values = new float[0];
  private int taps;

  Weights(Interpolation interpolation) {
    this.interpolation = interpolation;
  }

  /** Prepares for {@code from} source pixels and {@code to} target pixels. */
  void prepare(int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    double support = radius() * stretch;
    reserve(to, (int) Math.ceil(support) * 2 + 1);
    for (int i = 0; i < to; i++) {
      double centre = scale * (i + 0.5);
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      count[i] = Math.min(from, (int) (centre + support + 0.5)) - first[i];
      fill(i, centre, stretch);
    }
  }

  int first(int target) {
    return first[target];
  }

  int count(int target) {
    return count[target];
  }

  /** Where the weights of {@code target} start in {@link #values()}. */
  int offset(int target) {
    return target * taps;
  }

  float[] values() {
    return values;
  }

  private void reserve(int targets, int tapsPerTarget) {
    taps = tapsPerTarget;
    if (first.length < targets) {
      first = new int[targets];
      count = new int[targets];
    }
    if (values.length < targets * taps) {
      values = new float[targets * taps];
    }
  }

  private void fill(int target, double centre, double stretch) {
    int offset = offset(target);
    double sum = 0;
    for (int j = 0; j < count[target]; j++) {
      double weight = filter((j + first[target] - centre + 0.5) / stretch);
      values[offset + j] = (float) weight;
      sum += weight;
    }
    for (int j = 0; j < count[target]; j++) {
      values[offset + j] = (float) (values[offset + j] / sum);
    }
  }

  private int radius() {
    return interpolation == Interpolation.BICUBIC ? 2 : 1;
  }

  private double filter(double distance) {
    double x = Math.abs(distance);
    return interpolation == Interpolation.BICUBIC ? cubic(x) : Math.max(0, 1 - x);
  }

  /** Keys' cubic with a = -0.5. */
  private static double cubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }
}
