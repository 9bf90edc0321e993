package io.github.nolabel.fragment.backbone;

import java.util.List;

/** Registers ResNet-18. */
public final class ResNet18Provider implements ResNetProvider {

  @Override
  public String name() {
    return "resnet18";
  }

  @Override
  public String summary() {
    return "ResNet-18 (He et al. 2016): two 3x3 convolutions per block, 512 features";
  }

  @Override
  public Backbone architecture(ResNetConfig config, int imageSize) {
    return new ResNet(List.of(2, 2, 2, 2), false, config, imageSize);
  }
}
