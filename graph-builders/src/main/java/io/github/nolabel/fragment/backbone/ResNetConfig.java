package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/** Options of {@link ResNet}, set as {@code backbone.NAME}. */
public record ResNetConfig(
    @Option("First layers: 7x7 stride 2 and max-pool, or one 3x3 for small images") Stem stem,
    @Option("Start every residual branch at zero (Goyal et al. 2017)") boolean zeroInitResidual,
    @Option("Safetensors file of torchvision or timm to start from; empty starts anew")
        String weights,
    @Option("SHA-256 that the file of weights must have; empty takes any") String sha256,
    @Option("Start anew what the file of weights lacks, instead of refusing it")
        boolean partialWeights,
    @Option("Mean and deviation of colours: imagenet, half, or R,G,B/R,G,B; empty is imagenet")
        String normalisation) {

  public static final ResNetConfig DEFAULTS = new ResNetConfig(Stem.AUTO, false, "", "", false, "");

  public ResNetConfig {
    RecordOptions.check(
        ResNetConfig.class, stem, zeroInitResidual, weights, sha256, partialWeights, normalisation);
  }

  /** The first layers. */
  public enum Stem {
    /** That of the weights; else {@code CIFAR} below 96 pixels, {@code IMAGENET} from there. */
    AUTO,
    IMAGENET,
    CIFAR
  }

  FirstValues firstValues() {
    return new FirstValues(weights, sha256, partialWeights, normalisation);
  }

  ResNetConfig withSha256(String hex) {
    return new ResNetConfig(stem, zeroInitResidual, weights, hex, partialWeights, normalisation);
  }

  ResNetConfig withStem(Stem chosen) {
    return new ResNetConfig(
        chosen, zeroInitResidual, weights, sha256, partialWeights, normalisation);
  }
}
