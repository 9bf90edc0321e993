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
  private int shown;

  Weights(Interpolation interpolation) {
    this.interpolation = interpolation;
  }

  /**
   * Prepares for {@code to} target pixels, of which {@code shown} are wanted, from {@code start}
   * on.
   *
   * @param from how many source pixels there are
   * @param origin where the first target pixel starts, in source pixels
   * @param extent source pixels that all target pixels share
   */
  void prepare(int from, double origin, double extent, long to, long start, int shown) {
    double scale = extent / to;
    double stretch = Math.max(1, scale);
    double support = radius() * stretch;
    reserve(shown, (int) Math.ceil(support) * 2 + 1);
    for (int i = 0; i < shown; i++) {
      double centre = origin + scale * (start + i + 0.5);
      first[i] = Math.max(0, (int) (centre - support + 0.5));
      count[i] = Math.min(from, (int) (centre + support + 0.5)) - first[i];
      fill(i, centre, stretch);
    }
  }

  /** How many target pixels there are. */
  int shown() {
    return shown;
  }

  int first(int target) {
    return first[target];
  }

  int count(int target) {
    return count[target];
  }

  /** The source pixel after the last one that {@code target} is made of. */
  int end(int target) {
    return first[target] + count[target];
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
    shown = targets;
    if (first.length < targets) {
      first = new int[targets];
      count = new int[targets];
    }
    int needed = Math.multiplyExact(targets, taps);
    if (values.length < needed) {
      values = new float[needed];
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
