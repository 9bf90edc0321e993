package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.graph.Window;

/**
 * A convolution without bias, float[N, inputChannels, H, W] to float[N, outputChannels, H', W'],
 * started as in He et al. 2015 (fan-out).
 */
public record Conv2d(int inputChannels, int outputChannels, Window window) implements Fragment {

  /** A 3x3 convolution that keeps the size at stride 1. */
  public static Conv2d threeByThree(int inputChannels, int outputChannels, int stride) {
    return new Conv2d(inputChannels, outputChannels, Window.of(3).stride(stride).padding(1));
  }

  public static Conv2d oneByOne(int inputChannels, int outputChannels, int stride) {
    return new Conv2d(inputChannels, outputChannels, Window.of(1).stride(stride));
  }

  @Override
  public TensorFunction attach(Scope scope) {
    int kernel = window.kernel();
    long fanOut = (long) outputChannels * kernel * kernel / window.groups();
    Shape shape = Shape.of(outputChannels, inputChannels / window.groups(), kernel, kernel);
    Value weight = scope.weight("weight", shape, Initializer.kaimingFanOut(fanOut));
    return x -> scope.ops().conv(x, weight, window);
  }
}
