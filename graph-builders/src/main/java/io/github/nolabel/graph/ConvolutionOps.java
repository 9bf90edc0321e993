package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import java.util.Arrays;
import java.util.List;

/** Convolution and pooling over float[N, C, H, W]. */
public sealed interface ConvolutionOps extends Emitter permits Ops {

  /** {@code weight} is float[O, C / groups, h, w]. */
  default Value conv(Value x, Value weight, Window window) {
    return emit("Conv", convolved(x, weight, window), window.attributes(), x, weight);
  }

  /** With {@code bias}, float[O]. */
  default Value conv(Value x, Value weight, Value bias, Window window) {
    return emit("Conv", convolved(x, weight, window), window.attributes(), x, weight, bias);
  }

  /** Gradients of {@link #conv} for x, weight and bias, by the attributes of the convolution. */
  default List<Value> convGrad(Value dy, Value x, Value weight, Attributes attributes) {
    Shape bias = new Shape(List.of(weight.shape().dim(0)));
    List<Ops.Output> results =
        List.of(
            new Ops.Output("dx", x.type(), x.shape()),
            new Ops.Output("dweight", weight.type(), weight.shape()),
            new Ops.Output("dbias", weight.type(), bias));
    return emit("ConvGrad", List.of(dy, x, weight), results, attributes);
  }

  /**
   * The largest value of each window.
   *
   * @return the maxima, then their flat indices into x, int64
   */
  default List<Value> maxPool(Value x, Window window) {
    Shape shape = window.slide("MaxPool", x.shape(), x.shape().dim(1));
    List<Ops.Output> results =
        List.of(
            new Ops.Output("y", x.type(), shape),
            new Ops.Output("indices", ElementType.INT64, shape));
    return emit("MaxPool", List.of(x), results, window.pooling());
  }

  /** The mean of each square window, without padding. */
  default Value averagePool(Value x, int kernel, int stride) {
    return averagePool(x, PoolingWindow.of(kernel, kernel).stride(stride, stride));
  }

  /** The mean of each window; padding counts as zeros, as is PyTorch's default. */
  default Value averagePool(Value x, PoolingWindow window) {
    Shape shape = window.slide("AveragePool", x.shape());
    int channels = Math.toIntExact(x.shape().extent(1));
    int taps = window.height() * window.width();
    float[] mean = new float[channels * taps];
    Arrays.fill(mean, 1f / taps);
    Tensor weights = Tensor.of(mean, channels, 1, window.height(), window.width());
    Value weight =
        emit(
            "Constant",
            Shape.of(channels, 1, window.height(), window.width()),
            Attributes.of("value", weights));
    return emit("Conv", shape, window.attributes(channels), x, weight);
  }

  /** The mean over height and width: {@code [N, C, H, W] -> [N, C, 1, 1]}. */
  default Value globalAveragePool(Value x) {
    if (x.shape().rank() != 4) {
      throw new ShapeMismatchException("GlobalAveragePool", x.shape(), "needs [N, C, H, W]");
    }
    Attributes attributes = Attributes.NONE.withAll("axes", 2, 3).with("keepdims", true);
    return emit("ReduceMean", Shapes.reduced(x.shape(), List.of(2L, 3L), true), attributes, x);
  }

  private static Shape convolved(Value x, Value weight, Window window) {
    if (x.shape().rank() != 4 || weight.shape().rank() != 4) {
      throw new ShapeMismatchException(
          "Conv", x.shape(), weight.shape(), "needs [N, C, H, W] and [O, C / groups, h, w]");
    }
    Dim channels = x.shape().dim(1);
    long perGroup = weight.shape().extent(1);
    boolean fits =
        channels.equals(Dim.of(perGroup * window.groups()))
            && weight.shape().extent(2) == window.kernel()
            && weight.shape().extent(3) == window.kernel();
    if (!fits) {
      throw new ShapeMismatchException(
          "Conv", x.shape(), weight.shape(), "channels, groups or kernel differ in " + window);
    }
    return window.slide("Conv", x.shape(), weight.shape().dim(0));
  }
}
