package io.github.nolabel.recipe;

import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import java.util.ArrayList;
import java.util.List;

/**
 * The papers' augmentations: crop, flip, colour jitter in 8 of 10 views, grayscale in 2 of 10, then
 * blur with a kernel of a tenth of the image and solarisation where a method wants them.
 */
public final class Augmentations {

  private Augmentations() {}

  /** SimCLR's (Chen et al. 2020, appendix A): strong colour jitter, half of the views blurred. */
  public static List<ViewTransform> simClr(int imageSize, ViewOptions options) {
    double s = options.colorJitterStrength();
    return transforms(imageSize, options, ColorJitter.ofStrength(s, 0.8), 0.5, 0);
  }

  /** MoCo v2's (Chen et al. 2020, arXiv 2003.04297): weaker colours, half of the views blurred. */
  public static List<ViewTransform> moCo(int imageSize, ViewOptions options) {
    return transforms(imageSize, options, jitter(options, 0.4, 0.1), 0.5, 0);
  }

  /** BYOL's first view (Grill et al. 2020, appendix B): always blurred, never solarised. */
  static List<ViewTransform> byolFirst(int imageSize, ViewOptions options) {
    return transforms(imageSize, options, jitter(options, 0.2, 0.1), 1.0, 0);
  }

  /** BYOL's second view: rarely blurred, sometimes solarised. */
  static List<ViewTransform> byolSecond(int imageSize, ViewOptions options) {
    return transforms(imageSize, options, jitter(options, 0.2, 0.1), 0.1, 0.2);
  }

  /** DINO's local crops (Caron et al. 2021): half of them blurred. */
  public static List<ViewTransform> byolLocal(int imageSize, ViewOptions options) {
    return transforms(imageSize, options, jitter(options, 0.2, 0.1), 0.5, 0);
  }

  /** The same transforms with crops of another scale; {@code transforms} begin with a crop. */
  public static List<ViewTransform> cropped(
      List<ViewTransform> transforms, double minScale, double maxScale) {
    List<ViewTransform> changed = new ArrayList<>(transforms);
    RandomResizedCrop first = (RandomResizedCrop) changed.get(0);
    changed.set(0, crop(minScale, maxScale, first.interpolation()));
    return List.copyOf(changed);
  }

  /** Brightness and contrast by 0.4 s, saturation and hue as given, times s. */
  private static ColorJitter jitter(ViewOptions options, double saturation, double hue) {
    double s = options.colorJitterStrength();
    return new ColorJitter(0.4 * s, 0.4 * s, saturation * s, Math.min(0.5, hue * s), 0.8);
  }

  private static List<ViewTransform> transforms(
      int imageSize, ViewOptions options, ColorJitter jitter, double blur, double solarize) {
    List<ViewTransform> transforms =
        new ArrayList<>(
            List.of(
                crop(options.minCropScale(), 1, options.interpolation()),
                new HorizontalFlip(0.5),
                jitter,
                new Grayscale(0.2)));
    if (options.blur()) {
      transforms.add(new GaussianBlur(imageSize / 20 * 2 + 1, 0.1, 2.0, blur));
    }
    if (solarize > 0) {
      transforms.add(new Solarize(0.5, solarize));
    }
    return List.copyOf(transforms);
  }

  private static RandomResizedCrop crop(
      double minScale, double maxScale, Interpolation interpolation) {
    return new RandomResizedCrop(minScale, maxScale, 3.0 / 4, 4.0 / 3, interpolation);
  }
}
