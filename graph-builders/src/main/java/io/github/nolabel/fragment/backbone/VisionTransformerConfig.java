package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/** Options of {@link VisionTransformer}, set as {@code backbone.NAME}. */
public record VisionTransformerConfig(
    @Option(
            value =
                "Width and height of a patch in pixels; 0 takes an eighth of small images, else 16",
            min = 0,
            max = 256)
        int patchSize,
    @Option("The feature: the class token, or the mean over the patches") Pooling pooling,
    @Option(value = "Probability of zeroing an activation while training", min = 0, max = 0.9)
        double dropout,
    @Option(
            value =
                "Probability of leaving out the last block for an image; linear from 0 at the first",
            min = 0,
            max = 0.9)
        double dropPath,
    @Option("The patch projection keeps its first random weights, as MoCo v3 advises")
        boolean frozenPatches,
    @Option(
            "Safetensors file of timm, torchvision or transformers to start from; empty starts anew")
        String weights,
    @Option("SHA-256 that the file of weights must have; empty takes any") String sha256,
    @Option("Start anew what the file of weights lacks, instead of refusing it")
        boolean partialWeights,
    @Option("Mean and deviation of colours: imagenet, half, or R,G,B/R,G,B; empty is imagenet")
        String normalisation) {

  public static final VisionTransformerConfig DEFAULTS =
      new VisionTransformerConfig(0, Pooling.CLASS_TOKEN, 0, 0);

  public VisionTransformerConfig {
    RecordOptions.check(
        VisionTransformerConfig.class,
        patchSize,
        pooling,
        dropout,
        dropPath,
        frozenPatches,
        weights,
        sha256,
        partialWeights,
        normalisation);
  }

  /** Without trained weights. */
  public VisionTransformerConfig(int patchSize, Pooling pooling, double dropout, double dropPath) {
    this(patchSize, pooling, dropout, dropPath, false, "", "", false, "");
  }

  FirstValues firstValues() {
    return new FirstValues(weights, sha256, partialWeights, normalisation);
  }

  VisionTransformerConfig withSha256(String hex) {
    return new VisionTransformerConfig(
        patchSize,
        pooling,
        dropout,
        dropPath,
        frozenPatches,
        weights,
        hex,
        partialWeights,
        normalisation);
  }

  VisionTransformerConfig withPatchSize(int pixels) {
    return new VisionTransformerConfig(
        pixels,
        pooling,
        dropout,
        dropPath,
        frozenPatches,
        weights,
        sha256,
        partialWeights,
        normalisation);
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
