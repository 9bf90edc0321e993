package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.BatchNorm;
import io.github.nolabel.fragment.layer.Conv2d;
import io.github.nolabel.graph.Scope;

/**
 * A plain convolutional network for small images and small machines: per stage one 3x3 convolution
 * of stride 2, batch normalisation and ReLU, then the mean over space.
 */
public record SmallCnn(SmallCnnConfig config, int imageSize) implements Backbone {

  public SmallCnn {
    Require.that(
        imageSize >= 1 << config.stages(),
        "imageSize %d is too small for %d stages of small-cnn, which need %d. Lower backbone.stages."
            .formatted(imageSize, config.stages(), 1 << config.stages()));
  }

  @Override
  public Shape inputShape() {
    return Shape.batched(3, imageSize, imageSize);
  }

  @Override
  public int featureWidth() {
    return config.width() << (config.stages() - 1);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    return map(scope).andThen(x -> scope.ops().reduceMean(x, false, 2, 3));
  }

  @Override
  public Fragment tokens() {
    return scope -> map(scope).andThen(x -> Grids.tokens(scope.ops(), x));
  }

  /** Images to float[N, featureWidth, h, w] */
  private TensorFunction map(Scope scope) {
    TensorFunction network = x -> x;
    int channels = 3;
    for (int stage = 0; stage < config.stages(); stage++) {
      Scope own = scope.child("stage_" + (stage + 1)).below(config.stages() - stage);
      int width = config.width() << stage;
      network = network.andThen(stage(own, channels, width));
      channels = width;
    }
    return network;
  }

  private static TensorFunction stage(Scope scope, int inputChannels, int width) {
    return Conv2d.threeByThree(inputChannels, width, 2)
        .attach(scope.child("conv"))
        .andThen(new BatchNorm(width).attach(scope.child("norm")))
        .andThen(Activation.RELU.attach(scope));
  }
}
