package io.github.nolabel.spark;

import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.testkit.PlainCnn;

/** Lets a plan name the testkit's network. */
public final class PlainCnnProvider implements BackboneProvider<NoOptions> {

  @Override
  public String name() {
    return PlainCnn.NAME;
  }

  @Override
  public String summary() {
    return "two convolutions without normalisation";
  }

  @Override
  public NoOptions defaults() {
    return NoOptions.DEFAULTS;
  }

  @Override
  public Backbone create(NoOptions config, int imageSize) {
    return new PlainCnn(imageSize);
  }
}
