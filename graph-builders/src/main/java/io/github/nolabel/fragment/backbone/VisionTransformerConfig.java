package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Gelu;

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
    @Option("Positions of patches: learnt, or fixed sines of row and column as MoCo v3's")
        Positions positions,
    @Option(
            "Normalise the tokens before the first block too, with patches that have no bias, as CLIP"
                + " does; weights decide for themselves")
        boolean preNorm,
    @Option(
            "Activation of the blocks: own is the quick GELU with preNorm, else GELU; most CLIPs that"
                + " OpenAI did not train need gelu")
        Gelu activation,
    @Option(
            value =
                "First factor of each channel at the end of a branch, such as 1e-5; 0 for none;"
                    + " weights decide for themselves",
            min = 0,
            max = 1)
        double layerScale,
    @Option(
            value =
                "Tokens beside the class token that are no patches, as of DINOv2; weights decide for"
                    + " themselves",
            min = 0,
            max = 64)
        int registers,
    @Option("Normalise queries and keys of attention per head; weights decide for themselves")
        boolean qkNorm,
    @Option(
            "Safetensors file of timm, torchvision, transformers, OpenAI's CLIP or open_clip to start"
                + " from; empty starts anew")
        String weights,
    @Option("SHA-256 that the file of weights must have; empty takes any") String sha256,
    @Option("Start anew what the file of weights lacks, instead of refusing it")
        boolean partialWeights,
    @Option("Mean and deviation of colours: imagenet, half, or R,G,B/R,G,B; empty is imagenet")
        String normalisation) {

  public static final VisionTransformerConfig DEFAULTS =
      new VisionTransformerConfig(0, Pooling.CLASS_TOKEN, 0, 0);

  private static final double USUAL_SCALE = 1e-5;

  public VisionTransformerConfig {
    RecordOptions.check(
        VisionTransformerConfig.class,
        patchSize,
        pooling,
        dropout,
        dropPath,
        frozenPatches,
        positions,
        preNorm,
        activation,
        layerScale,
        registers,
        qkNorm,
        weights,
        sha256,
        partialWeights,
        normalisation);
  }

  /** Without trained weights. */
  public VisionTransformerConfig(int patchSize, Pooling pooling, double dropout, double dropPath) {
    this(
        patchSize,
        pooling,
        dropout,
        dropPath,
        false,
        Positions.LEARNT,
        false,
        Gelu.OWN,
        0,
        0,
        false,
        "",
        "",
        false,
        "");
  }

  FirstValues firstValues() {
    return new FirstValues(weights, sha256, partialWeights, normalisation);
  }

  VisionTransformerConfig withSha256(String hex) {
    return RecordOptions.with(this, "sha256", hex);
  }

  VisionTransformerConfig withPatchSize(int pixels) {
    return RecordOptions.with(this, "patchSize", pixels);
  }

  VisionTransformerConfig withPreNorm() {
    return RecordOptions.with(this, "preNorm", true);
  }

  VisionTransformerConfig withLayerScale() {
    return layerScale > 0 ? this : RecordOptions.with(this, "layerScale", USUAL_SCALE);
  }

  VisionTransformerConfig withRegisters(int count) {
    return RecordOptions.with(this, "registers", count);
  }

  VisionTransformerConfig withQkNorm() {
    return RecordOptions.with(this, "qkNorm", true);
  }

  /** What the blocks' MLPs compute with. */
  Activation blockActivation() {
    return activation.or(preNorm ? Activation.QUICK_GELU : Activation.GELU);
  }

  /** What the normalisations add to variances. */
  double epsilon() {
    return preNorm ? 1e-5 : 1e-6;
  }

  /** How tokens become one feature vector. */
  public enum Pooling {
    CLASS_TOKEN,
    MEAN
  }

  /** Where positions come from. */
  public enum Positions {
    LEARNT,
    SINE
  }

  /** The patch size for images of {@code imageSize} pixels. */
  int patchSizeFor(int imageSize) {
    if (patchSize > 0) {
      return patchSize;
    }
    return imageSize < 96 ? Math.max(1, imageSize / 8) : 16;
  }
}
