package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.KernelCall;

/**
 * Mean and biased variance of each channel over a batch, from those of groups of equal size: {@code
 * mean = avg(mean_g)}, {@code variance = avg(variance_g) + avg((mean_g - mean)²)}. Groups are taken
 * in order, whoever computed them.
 */
final class Moments {

  private final double[] mean;
  private final double[] variance;

  private Moments(int channels) {
    this.mean = new double[channels];
    this.variance = new double[channels];
  }

  double[] mean() {
    return mean;
  }

  double[] variance() {
    return variance;
  }

  /**
   * @param means of each group
   */
  static Moments of(KernelCall call, int threads, ChannelVector means, ChannelVector variances) {
    float[] eachMean = means.all();
    float[] eachVariance = variances.all();
    Moments moments = new Moments(means.channels());
    means.share(call, threads, (begin, end) -> moments.find(eachMean, eachVariance, begin, end));
    return moments;
  }

  private void find(float[] means, float[] variances, int begin, int end) {
    ChannelVector.add(means, mean, begin, end);
    divide(mean, means.length / mean.length, begin, end);
    ChannelVector.add(variances, variance, begin, end);
    for (int group = 0; group < means.length; group += mean.length) {
      for (int c = begin; c < end; c++) {
        double apart = means[group + c] - mean[c];
        variance[c] += apart * apart;
      }
    }
    divide(variance, means.length / mean.length, begin, end);
  }

  private static void divide(double[] sums, int groups, int begin, int end) {
    for (int c = begin; c < end; c++) {
      sums[c] /= groups;
    }
  }
}
