package io.github.nolabel.runtime.kernels;

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

  static Moments of(ChannelVector means, ChannelVector variances, int groups, int channels) {
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int group = 0; group < groups; group++) {
      for (int c = 0; c < channels; c++) {
        mean[c] += means.get(group, c) / (double) groups;
      }
    }
    for (int group = 0; group < groups; group++) {
      for (int c = 0; c < channels; c++) {
        double apart = means.get(group, c) - mean[c];
        variance[c] += (variances.get(group, c) + apart * apart) / groups;
      }
    }
    return new Moments(mean, variance);
  }
}
