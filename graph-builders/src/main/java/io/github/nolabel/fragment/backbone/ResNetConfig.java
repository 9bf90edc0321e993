package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.spi.Option;
import io.github.nolabel.api.spi.RecordOptions;

/** Options of {@link ResNet}, set as {@code backbone.NAME}. */
public record ResNetConfig(
    @Option("First layers: 7x7 stride 2 and max-pool, or one 3x3 for small images") Stem stem,
    @Option("Start every residual branch at zero (Goyal et al. 2017)") boolean zeroInitResidual) {

  public static final ResNetConfig DEFAULTS = new ResNetConfig(Stem.AUTO, false);

  public ResNetConfig {
    RecordOptions.check(ResNetConfig.class, stem, zeroInitResidual);
  }

  /** The first layers. */
  public enum Stem {
    /** {@code CIFAR} below 96 pixels, {@code IMAGENET} from there. */
    AUTO,
    IMAGENET,
    CIFAR
  }
}
