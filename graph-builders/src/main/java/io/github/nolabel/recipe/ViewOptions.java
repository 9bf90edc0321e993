package io.github.nolabel.recipe;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.view.ViewTransform.Interpolation;

/** How much the views of an image differ; options of every method that makes views. */
public record ViewOptions(
    @Option(
            value = "Strength of the colour jitter; 1 is the paper's for photos",
            min = 0,
            max = 2,
            aliases = "color_jitter_strength")
        double colorJitterStrength,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    @Option(value = "Blur views as the paper does", aliases = "use_blur") boolean blur,
    @Option("How crops are brought to their size") Interpolation interpolation) {

  /** Inception's crops, with torchvision's interpolation. */
  public static final ViewOptions STANDARD = new ViewOptions(1, 0.08, true, Interpolation.BILINEAR);

  /** The same, with the interpolation of SimCLR's, BYOL's and Barlow Twins' code. */
  public static final ViewOptions BICUBIC = new ViewOptions(1, 0.08, true, Interpolation.BICUBIC);

  /** The crops of MoCo's and SimSiam's code: no smaller than a fifth of the image. */
  public static final ViewOptions FIFTH = new ViewOptions(1, 0.2, true, Interpolation.BILINEAR);

  /** The same with crops that keep at least this share of the image. */
  public ViewOptions croppedFrom(double share) {
    return new ViewOptions(colorJitterStrength, share, blur, interpolation);
  }
}
