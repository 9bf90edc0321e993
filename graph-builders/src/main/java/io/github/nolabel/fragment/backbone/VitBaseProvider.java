package io.github.nolabel.fragment.backbone;

/** Registers ViT-Base. */
public final class VitBaseProvider implements VisionTransformerProvider {

  @Override
  public String name() {
    return "vit-base";
  }

  @Override
  public String summary() {
    return "Vision transformer (Dosovitskiy et al. 2021): 12 blocks, 768 features, 12 heads";
  }

  @Override
  public Backbone architecture(VisionTransformerConfig config, int imageSize) {
    return new VisionTransformer(768, 12, 12, config, imageSize);
  }
}
