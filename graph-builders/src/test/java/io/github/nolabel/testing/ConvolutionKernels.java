package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;

final class ConvolutionKernels {

  private ConvolutionKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("Conv", Kernel.of(ConvolutionKernels::conv));
    kernels.put("ConvGrad", ConvolutionKernels::convGrad);
    kernels.put("MaxPool", ConvolutionKernels::maxPool);
  }

  /** One product of a convolution, by flat indices. */
  @FunctionalInterface
  private interface Term {
    void at(int y, int x, int weight);
  }

  private static Nd conv(Node node, List<Nd> in) {
    Nd x = in.get(0);
    Nd weight = in.get(1);
    int[] shape = outputShape(node, x, weight.extent(0));
    double[] y = new double[Index.size(shape)];
    forEachTerm(node, shape, x, weight, (to, from, w) -> y[to] += x.at(from) * weight.at(w));
    boolean biased = in.size() > 2;
    return Nd.of(shape, i -> y[i] + (biased ? in.get(2).at(Index.coordinates(i, shape)[1]) : 0));
  }

  private static List<Nd> convGrad(Node node, List<Nd> in) {
    Nd dy = in.get(0);
    Nd x = in.get(1);
    Nd weight = in.get(2);
    double[] dx = new double[x.size()];
    double[] dw = new double[weight.size()];
    double[] db = new double[weight.extent(0)];
    forEachTerm(
        node,
        dy.shape(),
        x,
        weight,
        (to, from, w) -> {
          dx[from] += dy.at(to) * weight.at(w);
          dw[w] += dy.at(to) * x.at(from);
        });
    for (int i = 0; i < dy.size(); i++) {
      db[Index.coordinates(i, dy.shape())[1]] += dy.at(i);
    }
    return List.of(
        Nd.of(x.shape(), dx), Nd.of(weight.shape(), dw), Nd.of(new int[] {db.length}, db));
  }

  private static void forEachTerm(Node node, int[] outputShape, Nd x, Nd weight, Term term) {
    int groups = (int) node.attributes().integer("group");
    int perGroup = weight.extent(0) / groups;
    for (int y = 0; y < Index.size(outputShape); y++) {
      int[] to = Index.coordinates(y, outputShape);
      for (int w = 0; w < weight.size() / weight.extent(0); w++) {
        int flat = to[1] * (weight.size() / weight.extent(0)) + w;
        int[] tap = Index.coordinates(flat, weight.shape());
        int row = source(node, 0).applyAsInt(to[2], tap[2]);
        int column = source(node, 1).applyAsInt(to[3], tap[3]);
        if (inside(row, x.extent(2)) && inside(column, x.extent(3))) {
          int channel = to[1] / perGroup * weight.extent(1) + tap[1];
          term.at(y, Index.flat(new int[] {to[0], channel, row, column}, x.shape()), flat);
        }
      }
    }
  }

  private static List<Nd> maxPool(Node node, List<Nd> in) {
    Nd x = in.get(0);
    int[] shape = outputShape(node, x, x.extent(1));
    int[] kernel = ShapeKernels.ints(node, "kernel_shape");
    double[] best = new double[Index.size(shape)];
    long[] winner = new long[best.length];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int y = 0; y < best.length; y++) {
      int[] to = Index.coordinates(y, shape);
      for (int tap = 0; tap < kernel[0] * kernel[1]; tap++) {
        int row = source(node, 0).applyAsInt(to[2], tap / kernel[1]);
        int column = source(node, 1).applyAsInt(to[3], tap % kernel[1]);
        if (inside(row, x.extent(2)) && inside(column, x.extent(3))) {
          int from = Index.flat(new int[] {to[0], to[1], row, column}, x.shape());
          winner[y] = x.at(from) > best[y] ? from : winner[y];
          best[y] = Math.max(best[y], x.at(from));
        }
      }
    }
    return List.of(Nd.of(shape, best), Nd.integers(shape, i -> winner[i]));
  }

  private static boolean inside(int position, int extent) {
    return position >= 0 && position < extent;
  }

  /** From position of the window and tap within it to the position in the input. */
  private static IntBinaryOperator source(Node node, int axis) {
    int stride = ShapeKernels.ints(node, "strides")[axis];
    int dilation = ShapeKernels.ints(node, "dilations")[axis];
    int pad = ShapeKernels.ints(node, "pads")[axis];
    return (position, tap) -> position * stride + tap * dilation - pad;
  }

  private static int[] outputShape(Node node, Nd x, int channels) {
    return new int[] {x.extent(0), channels, positions(node, x, 0), positions(node, x, 1)};
  }

  private static int positions(Node node, Nd x, int axis) {
    int kernel = ShapeKernels.ints(node, "kernel_shape")[axis];
    int last = x.extent(axis + 2) + ShapeKernels.ints(node, "pads")[axis + 2];
    int count = 0;
    while (source(node, axis).applyAsInt(count, kernel - 1) < last) {
      count++;
    }
    return count;
  }
}
