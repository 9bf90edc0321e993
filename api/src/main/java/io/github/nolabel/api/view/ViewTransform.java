package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;

/**
 * One random change of an image, as data. Images are RGB with values in [0, 1]; the semantics are
 * torchvision's. {@code probability} is the chance that the change happens at all. A plug-in's own
 * change is a record that implements this; it registers how it is carried out, too.
 */
public interface ViewTransform {

  /**
   * A random part of the image, resized with antialiasing to the view's size.
   *
   * @param minScale smallest share of the area, in (0, 1]
   * @param maxScale largest share of the area, in (0, 1]
   * @param minRatio smallest width / height
   * @param maxRatio largest width / height
   * @param interpolation bilinear or bicubic
   */
  record RandomResizedCrop(
      double minScale,
      double maxScale,
      double minRatio,
      double maxRatio,
      Interpolation interpolation)
      implements ViewTransform {

    public RandomResizedCrop {
      Require.within("minScale", minScale, 1e-6, maxScale);
      Require.within("maxScale", maxScale, minScale, 1);
      Require.within("minRatio", minRatio, 1e-3, maxRatio);
    }

    /** Width / height in [3/4, 4/3], bilinear. */
    public static RandomResizedCrop scale(double minScale, double maxScale) {
      return new RandomResizedCrop(minScale, maxScale, 3.0 / 4, 4.0 / 3, Interpolation.BILINEAR);
    }
  }

  /** Mirrors left and right. */
  record HorizontalFlip(double probability) implements ViewTransform {
    public HorizontalFlip {
      Require.within("probability", probability, 0, 1);
    }
  }

  /**
   * Changes brightness, contrast, saturation (factors in [1 - x, 1 + x], not below 0) and hue (a
   * turn in [-hue, hue]) in random order.
   *
   * @param hue in [0, 0.5]
   */
  record ColorJitter(
      double brightness, double contrast, double saturation, double hue, double probability)
      implements ViewTransform {
    public ColorJitter {
      Require.within("brightness", brightness, 0, 10);
      Require.within("contrast", contrast, 0, 10);
      Require.within("saturation", saturation, 0, 10);
      Require.within("hue", hue, 0, 0.5);
      Require.within("probability", probability, 0, 1);
    }

    /** SimCLR's (0.8 s, 0.8 s, 0.8 s, 0.2 s). */
    public static ColorJitter ofStrength(double strength, double probability) {
      double s = strength;
      return new ColorJitter(0.8 * s, 0.8 * s, 0.8 * s, Math.min(0.5, 0.2 * s), probability);
    }
  }

  /** Luminance on all three channels. */
  record Grayscale(double probability) implements ViewTransform {
    public Grayscale {
      Require.within("probability", probability, 0, 1);
    }
  }

  /**
   * Gaussian blur with standard deviation drawn from [minSigma, maxSigma] pixels.
   *
   * @param kernel odd width of the kernel in pixels
   */
  record GaussianBlur(int kernel, double minSigma, double maxSigma, double probability)
      implements ViewTransform {
    public GaussianBlur {
      Require.that(kernel > 0 && kernel % 2 == 1, "kernel must be odd and positive, got " + kernel);
      Require.within("minSigma", minSigma, 1e-6, maxSigma);
      Require.within("probability", probability, 0, 1);
    }
  }

  /** Inverts every value at or above {@code threshold}. */
  record Solarize(double threshold, double probability) implements ViewTransform {
    public Solarize {
      Require.within("threshold", threshold, 0, 1);
      Require.within("probability", probability, 0, 1);
    }
  }

  /** How pixels between pixels are found. */
  enum Interpolation {
    BILINEAR,
    BICUBIC
  }
}
