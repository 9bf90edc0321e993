package io.github.nolabel.fragment.backbone;

/** Registers ViT-Tiny. */
public final class VitTinyProvider implements VisionTransformerProvider {

  @Override
  public String name() {
    return "vit-tiny";
  }

  @Override
  public String summary() {
    return "Vision transformer (Dosovitskiy et al. 2021): 12 blocks, 192 features, 3 heads";
  }

  @Override
  public Backbone architecture(VisionTransformerConfig config, int imageSize) {
    return new VisionTransformer(192, 12, 3, config, imageSize);
  }
}
