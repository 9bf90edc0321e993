package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.spi.Option;
import io.github.nolabel.api.spi.RecordOptions;

/** Options of {@link VisionTransformer}, set as {@code backbone.NAME}. */
public record VisionTransformerConfig(
    @Option(
            value =
                "Width and height of a patch in pixels; 0 takes an eighth of small images, else 16",
            min = 0,
            max = 256)
        int patchSize,
    @Option("The feature: the class token, or the mean over the patches") Pooling pooling) {

  public static final VisionTransformerConfig DEFAULTS =
      new VisionTransformerConfig(0, Pooling.CLASS_TOKEN);

  public VisionTransformerConfig {
    RecordOptions.check(VisionTransformerConfig.class, patchSize, pooling);
  }

  /** How tokens become one feature vector. */
  public enum Pooling {
    CLASS_TOKEN,
    MEAN
  }

  /** The patch size for images of {@code imageSize} pixels. */
  int patchSizeFor(int imageSize) {
    if (patchSize > 0) {
      return patchSize;
    }
    return imageSize < 96 ? Math.max(1, imageSize / 8) : 16;
  }
}
