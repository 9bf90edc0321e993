package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;

/**
 * What happens to an image before the frozen backbone sees it, in evaluation and in deployment: the
 * shorter side is resized (bilinear, antialiased) to {@code size / cropShare}, rounded; the centre
 * {@code size} x {@code size} is kept; values in [0, 1] are normalised.
 *
 * @param cropShare in (0, 1]; 0.875 is the ImageNet habit, 1 keeps small images whole
 */
public record Preprocessing(int size, double cropShare, Normalisation normalisation) {

  public Preprocessing {
    Require.positive("size", size);
    Require.within("cropShare", cropShare, 0.01, 1);
  }

  /** The habit: small images (below 96 pixels) are kept whole, larger ones lose an eighth. */
  public static Preprocessing standard(int size) {
    return new Preprocessing(size, size < 96 ? 1 : 0.875, Normalisation.IMAGENET);
  }
}
