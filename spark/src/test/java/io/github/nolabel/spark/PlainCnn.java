package io.github.nolabel.spark;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Conv2d;
import io.github.nolabel.graph.Scope;

/** Two convolutions and no batch statistics: what it makes of an image depends on no other. */
public final class PlainCnn implements BackboneProvider<NoOptions> {

  private static final int WIDTH = 8;

  @Override
  public String name() {
    return "plain-cnn";
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
    return new Network(imageSize);
  }

  private record Network(int imageSize) implements Backbone {

    @Override
    public Shape inputShape() {
      return Shape.batched(3, imageSize, imageSize);
    }

    @Override
    public int featureWidth() {
      return WIDTH;
    }

    @Override
    public TensorFunction attach(Scope scope) {
      return Conv2d.threeByThree(3, WIDTH, 2)
          .attach(scope.child("first"))
          .andThen(Activation.RELU.attach(scope))
          .andThen(Conv2d.threeByThree(WIDTH, WIDTH, 2).attach(scope.child("second")))
          .andThen(x -> scope.ops().reduceMean(x, false, 2, 3));
    }
  }
}
