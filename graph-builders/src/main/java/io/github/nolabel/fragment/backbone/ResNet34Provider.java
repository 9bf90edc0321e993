package io.github.nolabel.fragment.backbone;

import java.util.List;

/** Registers ResNet-34. */
public final class ResNet34Provider implements ResNetProvider {

  @Override
  public String name() {
    return "resnet34";
  }

  @Override
  public String summary() {
    return "ResNet-34 (He et al. 2016): two 3x3 convolutions per block, 512 features";
  }

  @Override
  public Backbone architecture(ResNetConfig config, int imageSize) {
    return new ResNet(List.of(3, 4, 6, 3), false, config, imageSize);
  }
}
