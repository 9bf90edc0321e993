package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.BatchNorm;
import io.github.nolabel.fragment.layer.Conv2d;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Window;
import java.util.List;

/**
 * A residual network (He et al. 2016, arXiv 1512.03385) without its classifier, with torchvision's
 * parameter names.
 *
 * @param blocks blocks per stage, such as 2, 2, 2, 2 for ResNet-18
 * @param bottleneck 1x1-3x3-1x1 blocks (ResNet-50) instead of two 3x3 (ResNet-18 and -34)
 */
public record ResNet(List<Integer> blocks, boolean bottleneck, ResNetConfig config, int imageSize)
    implements Backbone {

  private static final int STEM_CHANNELS = 64;

  public ResNet {
    blocks = List.copyOf(blocks);
  }

  @Override
  public Shape inputShape() {
    return Shape.batched(3, imageSize, imageSize);
  }

  @Override
  public int featureWidth() {
    return (STEM_CHANNELS << (blocks.size() - 1)) * expansion();
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
    int above = blocks.stream().mapToInt(Integer::intValue).sum();
    TensorFunction network = stem(scope.below(above + 1));
    int channels = STEM_CHANNELS;
    for (int stage = 0; stage < blocks.size(); stage++) {
      int width = STEM_CHANNELS << stage;
      for (int block = 0; block < blocks.get(stage); block++) {
        Scope own = scope.child("layer%d/%d".formatted(stage + 1, block)).below(above--);
        int stride = stage > 0 && block == 0 ? 2 : 1;
        network = network.andThen(block(own, channels, width, stride));
        channels = width * expansion();
      }
    }
    return network;
  }

  private TensorFunction stem(Scope scope) {
    boolean small =
        config.stem() == ResNetConfig.Stem.CIFAR
            || (config.stem() == ResNetConfig.Stem.AUTO && imageSize < 96);
    Window window = small ? Window.of(3).padding(1) : Window.of(7).stride(2).padding(3);
    TensorFunction stem =
        new Conv2d(3, STEM_CHANNELS, window)
            .attach(scope.child("conv1"))
            .andThen(new BatchNorm(STEM_CHANNELS).attach(scope.child("bn1")))
            .andThen(Activation.RELU.attach(scope));
    Window pool = Window.of(3).stride(2).padding(1);
    return small ? stem : stem.andThen(x -> scope.ops().maxPool(x, pool).get(0));
  }

  private TensorFunction block(Scope scope, int channels, int width, int stride) {
    TensorFunction branch =
        bottleneck
            ? convolution(scope, 1, Conv2d.oneByOne(channels, width, 1))
                .andThen(Activation.RELU.attach(scope))
                .andThen(convolution(scope, 2, Conv2d.threeByThree(width, width, stride)))
                .andThen(Activation.RELU.attach(scope))
                .andThen(last(scope, 3, Conv2d.oneByOne(width, width * expansion(), 1)))
            : convolution(scope, 1, Conv2d.threeByThree(channels, width, stride))
                .andThen(Activation.RELU.attach(scope))
                .andThen(last(scope, 2, Conv2d.threeByThree(width, width, 1)));
    TensorFunction shortcut = shortcut(scope, channels, width * expansion(), stride);
    Ops g = scope.ops();
    return x -> g.relu(g.add(branch.apply(x), shortcut.apply(x)));
  }

  private static TensorFunction shortcut(Scope scope, int channels, int width, int stride) {
    if (channels == width && stride == 1) {
      return x -> x;
    }
    Scope own = scope.child("downsample");
    return Conv2d.oneByOne(channels, width, stride)
        .attach(own.child("0"))
        .andThen(new BatchNorm(width).attach(own.child("1")));
  }

  private static TensorFunction convolution(Scope scope, int number, Conv2d conv) {
    return normalised(scope, number, conv, 1);
  }

  private TensorFunction last(Scope scope, int number, Conv2d conv) {
    return normalised(scope, number, conv, config.zeroInitResidual() ? 0 : 1);
  }

  private static TensorFunction normalised(Scope scope, int number, Conv2d conv, double gain) {
    return conv.attach(scope.child("conv" + number))
        .andThen(
            new BatchNorm(conv.outputChannels(), true, gain).attach(scope.child("bn" + number)));
  }

  private int expansion() {
    return bottleneck ? 4 : 1;
  }
}
