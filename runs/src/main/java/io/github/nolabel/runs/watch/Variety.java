package io.github.nolabel.runs.watch;

import io.github.nolabel.evaluation.FeatureMatrix;

/**
 * What some images have that tells them apart, before anything is learnt from them: a collapse is
 * judged against it.
 *
 * @param pixels in [0, 1]: which share of the pixels' variance lies between the images, the rest
 *     being what all have in common; 0 for equal images
 * @param directions {@link EffectiveRank#ofDifferences} of the features of the network before the
 *     first step
 */
public record Variety(double pixels, double directions) {

  /** How many of the first network's directions are left, under this name among the monitors. */
  public static final String RANK_KEPT = "rank_kept";

  /**
   * Below it, images are near copies: measured were 1.9 % for one scene with noise and changing
   * light, 3.3 % with shifts of two pixels as well.
   */
  static final double COPIES = 0.05;

  private static final int CHANNELS = 3;

  /**
   * @param pixels of the images, float[n, 3 * S * S]
   * @param features of the same, by the network before the first step
   */
  public static Variety of(FeatureMatrix pixels, FeatureMatrix features) {
    double between = meanSquare(pixels.centred().values());
    double all = meanSquare(aroundChannels(pixels));
    return new Variety(all > 0 ? between / all : 0, EffectiveRank.ofDifferences(features));
  }

  /** Whether a method could learn to tell the images apart. */
  public boolean suffices() {
    return pixels >= COPIES;
  }

  /** The share of {@link #directions} that features of the same images still have. */
  public double kept(FeatureMatrix features) {
    return EffectiveRank.ofDifferences(features) / directions;
  }

  /** Pixels without the mean of their channel over all images. */
  private static float[] aroundChannels(FeatureMatrix pixels) {
    int plane = pixels.width() / CHANNELS;
    float[] values = pixels.values();
    double[] sums = new double[CHANNELS];
    for (int i = 0; i < values.length; i++) {
      sums[i / plane % CHANNELS] += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= (float) (sums[i / plane % CHANNELS] * CHANNELS / values.length);
    }
    return values;
  }

  private static double meanSquare(float... values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return squares / Math.max(1, values.length);
  }
}
