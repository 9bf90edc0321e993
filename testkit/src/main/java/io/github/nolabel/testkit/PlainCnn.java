package io.github.nolabel.testkit;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Conv2d;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * Two convolutions and no batch statistics: what it makes of an image depends on no other.
 *
 * @param imageSize pixels of a side, a multiple of 4
 */
public record PlainCnn(int imageSize) implements Backbone {

  /** What a run calls it. */
  public static final String NAME = "plain-cnn";

  private static final int WIDTH = 8;
  private static final int SMALLER = 4;

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
    return map(scope).andThen(x -> scope.ops().reduceMean(x, false, 2, 3));
  }

  @Override
  public Fragment tokens() {
    return scope -> map(scope).andThen(x -> places(scope.ops(), x));
  }

  private static TensorFunction map(Scope scope) {
    return Conv2d.threeByThree(3, WIDTH, 2)
        .attach(scope.child("first"))
        .andThen(Activation.RELU.attach(scope))
        .andThen(Conv2d.threeByThree(WIDTH, WIDTH, 2).attach(scope.child("second")));
  }

  /** float[N, C, h, w] to float[N, h w, C]. */
  private Value places(Ops g, Value map) {
    long side = imageSize / SMALLER;
    return g.transpose(g.reshape(map, Shape.batched(WIDTH, side * side)), 0, 2, 1);
  }
}
