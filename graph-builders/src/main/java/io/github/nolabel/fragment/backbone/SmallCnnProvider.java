package io.github.nolabel.fragment.backbone;

/** Registers {@link SmallCnn}. */
public final class SmallCnnProvider implements BackboneProvider<SmallCnnConfig> {

  @Override
  public String name() {
    return "small-cnn";
  }

  @Override
  public String summary() {
    return "Three strided convolutions: minutes instead of hours on a laptop";
  }

  @Override
  public SmallCnnConfig defaults() {
    return SmallCnnConfig.DEFAULTS;
  }

  @Override
  public Backbone create(SmallCnnConfig config, int imageSize) {
    return new SmallCnn(config, imageSize);
  }
}
