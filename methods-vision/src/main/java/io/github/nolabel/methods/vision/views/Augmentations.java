package io.github.nolabel.methods.vision.views;

import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import java.util.ArrayList;
import java.util.List;

/** Augmentations that several methods share. */
public final class Augmentations {

  private Augmentations() {}

  /**
   * SimCLR's (Chen et al. 2020, appendix A): crop, flip, colour jitter, grayscale and, where
   * wanted, blur with a kernel of a tenth of the image.
   *
   * @param minScale smallest share of the image's area that a crop keeps
   * @param colorStrength the paper's s: 1 for ImageNet, 0.5 for small images
   */
  public static List<ViewTransform> simClr(
      int imageSize, double minScale, double colorStrength, boolean blur) {
    List<ViewTransform> transforms =
        new ArrayList<>(
            List.of(
                RandomResizedCrop.scale(minScale, 1),
                new HorizontalFlip(0.5),
                ColorJitter.ofStrength(colorStrength, 0.8),
                new Grayscale(0.2)));
    if (blur) {
      transforms.add(new GaussianBlur(imageSize / 20 * 2 + 1, 0.1, 2.0, 0.5));
    }
    return List.copyOf(transforms);
  }
}
