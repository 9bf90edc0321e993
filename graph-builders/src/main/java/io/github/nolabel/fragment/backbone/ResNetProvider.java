package io.github.nolabel.fragment.backbone;

import io.github.nolabel.fragment.backbone.ResNetConfig.Stem;
import java.nio.file.Path;
import java.util.List;

/** What all residual networks have in common. */
interface ResNetProvider extends BackboneProvider<ResNetConfig> {

  /** The network as it starts by itself. */
  Backbone architecture(ResNetConfig config, int imageSize);

  @Override
  default ResNetConfig defaults() {
    return ResNetConfig.DEFAULTS;
  }

  @Override
  default Backbone create(ResNetConfig config, int imageSize) {
    FirstValues first = config.firstValues();
    boolean chooses = config.stem() == Stem.AUTO;
    Stem stem =
        first
            .extent("conv1/weight", 2)
            .filter(side -> chooses)
            .map(side -> side > 3 ? Stem.IMAGENET : Stem.CIFAR)
            .orElse(config.stem());
    return first.in(architecture(config.withStem(stem), imageSize), name());
  }

  @Override
  default List<Path> files(ResNetConfig config) {
    return config.firstValues().files();
  }

  @Override
  default ResNetConfig pinned(ResNetConfig config) {
    return config.withSha256(config.firstValues().fingerprint());
  }
}
