package com.example.vicreg;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;

/** Registers a backbone: one layer over the flattened image. */
public final class TinyMlp implements BackboneProvider<TinyMlp.Config> {

  /** Options, set as {@code backbone.NAME}. */
  public record Config(@Option(value = "Features", min = 2, max = 4096) int width) {
  }

  @Override
  public String name() {
    return "tiny-mlp";
  }

  @Override
  public String summary() {
    return "One layer over the flattened image";
  }

  @Override
  public Config defaults() {
    return new Config(64);
  }

  @Override
  public Backbone create(Config config, int imageSize) {
    return new Network(config.width(), imageSize);
  }

  private record Network(int featureWidth, int imageSize) implements Backbone {

    @Override
    public Shape inputShape() {
      return Shape.batched(3, imageSize, imageSize);
    }

    @Override
    public TensorFunction attach(Scope scope) {
      int pixels = 3 * imageSize * imageSize;
      TensorFunction dense = new Dense(pixels, featureWidth).attach(scope.child("dense"));
      Ops g = scope.ops();
      return x -> g.tanh(dense.apply(g.reshape(x, Shape.batched(pixels))));
    }
  }
}
