package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.List;

/**
 * A rectangular window that slides over height and width.
 *
 * @param padHeight zeros above and below
 * @param padWidth zeros on the left and on the right
 */
public record PoolingWindow(
    int height, int width, int strideHeight, int strideWidth, int padHeight, int padWidth) {

  /** A window that moves by its own size, without padding. */
  public static PoolingWindow of(int height, int width) {
    return new PoolingWindow(height, width, height, width, 0, 0);
  }

  public PoolingWindow stride(int down, int right) {
    return new PoolingWindow(height, width, down, right, padHeight, padWidth);
  }

  public PoolingWindow padding(int vertical, int horizontal) {
    return new PoolingWindow(height, width, strideHeight, strideWidth, vertical, horizontal);
  }

  Shape slide(String op, Shape input) {
    if (input.rank() != 4) {
      throw new ShapeMismatchException(op, input, "needs [N, C, H, W]");
    }
    if (2 * padHeight > height || 2 * padWidth > width) {
      throw new ShapeMismatchException(op, input, this + " is padded by more than half its size");
    }
    long down = positions(op, input, 2, height, strideHeight, padHeight);
    long right = positions(op, input, 3, width, strideWidth, padWidth);
    return new Shape(List.of(input.dim(0), input.dim(1), Dim.of(down), Dim.of(right)));
  }

  /** As of a convolution that keeps channels apart. */
  Attributes attributes(long channels) {
    return Attributes.NONE
        .withAll("kernel_shape", height, width)
        .withAll("strides", strideHeight, strideWidth)
        .withAll("pads", padHeight, padWidth, padHeight, padWidth)
        .withAll("dilations", 1, 1)
        .with("group", channels);
  }

  private long positions(String op, Shape input, int axis, int size, int stride, int padding) {
    long room = input.extent(axis) + 2L * padding - size;
    if (room < 0) {
      throw new ShapeMismatchException(op, input, this + " does not fit axis " + axis);
    }
    return room / stride + 1;
  }
}
