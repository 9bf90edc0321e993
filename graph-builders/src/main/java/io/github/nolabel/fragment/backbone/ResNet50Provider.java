package io.github.nolabel.fragment.backbone;

import java.util.List;

/** Registers ResNet-50. */
public final class ResNet50Provider implements ResNetProvider {

  @Override
  public String name() {
    return "resnet50";
  }

  @Override
  public String summary() {
    return "ResNet-50 (He et al. 2016): bottleneck blocks, 2048 features";
  }

  @Override
  public Backbone architecture(ResNetConfig config, int imageSize) {
    return new ResNet(List.of(3, 4, 6, 3), true, config, imageSize);
  }
}
