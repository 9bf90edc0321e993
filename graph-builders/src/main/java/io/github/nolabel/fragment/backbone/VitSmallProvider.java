package io.github.nolabel.fragment.backbone;

/** Registers ViT-Small. */
public final class VitSmallProvider implements VisionTransformerProvider {

  @Override
  public String name() {
    return "vit-small";
  }

  @Override
  public String summary() {
    return "Vision transformer (Dosovitskiy et al. 2021): 12 blocks, 384 features, 6 heads";
  }

  @Override
  public Backbone architecture(VisionTransformerConfig config, int imageSize) {
    return new VisionTransformer(384, 12, 6, config, imageSize);
  }
}
