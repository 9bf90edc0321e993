package io.github.nolabel.runtime.kernels.maps;

/**
 * Mean and biased variance of each channel over a batch, from those of groups of equal size: {@code
 * mean = avg(mean_g)}, {@code variance = avg(variance_g) + avg((mean_g - mean)²)}. Groups are taken
 * in order, whoever computed them.
 */
final class Moments {

  private final double[] mean;
  private final double[] variance;

  private Moments(double[] mean, double[] variance) {
    this.mean = mean;
    this.variance = variance;
  }

  double[] mean() {
    return mean;
  }

  double[] variance() {
    return variance;
  }

  static Moments of(ChannelVector means, ChannelVector variances, int groups) {
    double[] mean = averaged(means.sum(), groups);
    double[] spread = variances.sum();
    float[] each = means.all();
    for (int begin = 0; begin < each.length; begin += mean.length) {
      for (int c = 0; c < mean.length; c++) {
        double apart = each[begin + c] - mean[c];
        spread[c] += apart * apart;
      }
    }
    return new Moments(mean, averaged(spread, groups));
  }

  private static double[] averaged(double[] sums, int groups) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] /= groups;
    }
    return sums;
  }
}
