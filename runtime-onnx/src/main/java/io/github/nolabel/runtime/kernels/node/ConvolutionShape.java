package io.github.nolabel.runtime.kernels.node;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a convolution's primitives depend on.
 *
 * @param x images, channels, height, width
 * @param weight channels of the result, channels per group, height, width
 * @param biased whether there is a bias
 */
public record ConvolutionShape(List<Long> x, List<Long> weight, Window window, boolean biased) {

  public ConvolutionShape {
    if (x.size() != 4 || weight.size() != 4) {
      throw new IllegalArgumentException(
          "needs images [N, C, H, W] and weights [O, C / groups, h, w], got %s and %s"
              .formatted(x, weight));
    }
    if (x.get(1) != weight.get(1) * window.groups() || weight.get(0) % window.groups() != 0) {
      throw new IllegalArgumentException(
          "images %s and weights %s do not go together in %d groups"
              .formatted(x, weight, window.groups()));
    }
  }

  /** Of the result: images, channels, height, width. */
  public long[] y() {
    long height = window.positions(0, x.get(2), weight.get(2));
    long width = window.positions(1, x.get(3), weight.get(3));
    if (height == 0 || width == 0) {
      throw new IllegalArgumentException(
          "a kernel of %s does not fit into %s padded by %s"
              .formatted(weight.subList(2, 4), x.subList(2, 4), window.pads()));
    }
    return new long[] {x.get(0), weight.get(0), height, width};
  }

  /** The same as a list. */
  public List<Long> result() {
    long[] y = y();
    return List.of(y[0], y[1], y[2], y[3]);
  }

  public ConvolutionShape withBias(boolean value) {
    return new ConvolutionShape(x, weight, window, value);
  }

  /** From y's gradient to x's, where strides and dilations are 1. */
  public ConvolutionShape turned() {
    List<Long> pads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pads.add(weight.get(2 + i % 2) - 1 - window.pads().get(i));
    }
    return new ConvolutionShape(
        result(),
        List.of(weight.get(1), weight.get(0), weight.get(2), weight.get(3)),
        new Window(window.strides(), pads, window.dilations(), 1),
        false);
  }

  public ConvolutionShape withImages(long images) {
    return new ConvolutionShape(
        List.of(images, x.get(1), x.get(2), x.get(3)), weight, window, biased);
  }

  public long[] xExtents() {
    return extents(x);
  }

  public long[] weightExtents() {
    return extents(weight);
  }

  /** The weights as oneDNN sees them: groups are an axis of their own, if there are any. */
  public long[] groupedWeight() {
    long groups = window.groups();
    return groups == 1
        ? weightExtents()
        : new long[] {groups, weight.get(0) / groups, weight.get(1), weight.get(2), weight.get(3)};
  }

  private static long[] extents(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }
}
