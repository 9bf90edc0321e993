package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.List;

/**
 * A square window that slides over height and width.
 *
 * @param padding zeros (for pooling: nothing) on every side
 * @param dilation distance of neighbouring taps
 * @param groups of channels that do not see each other
 */
public record Window(int kernel, int stride, int padding, int dilation, int groups) {

  /** A window of {@code kernel} x {@code kernel} that moves by one, without padding. */
  public static Window of(int kernel) {
    return new Window(kernel, 1, 0, 1, 1);
  }

  public Window stride(int value) {
    return new Window(kernel, value, padding, dilation, groups);
  }

  public Window padding(int value) {
    return new Window(kernel, stride, value, dilation, groups);
  }

  public Window dilation(int value) {
    return new Window(kernel, stride, padding, value, groups);
  }

  public Window groups(int value) {
    return new Window(kernel, stride, padding, dilation, value);
  }

  Shape slide(String op, Shape input, Dim channels) {
    if (input.rank() != 4) {
      throw new ShapeMismatchException(op, input, "needs [N, C, H, W]");
    }
    Dim height = Dim.of(positions(op, input, 2));
    Dim width = Dim.of(positions(op, input, 3));
    return new Shape(List.of(input.dim(0), channels, height, width));
  }

  Attributes attributes() {
    return pooling().with("group", groups);
  }

  Attributes pooling() {
    return Attributes.NONE
        .withAll("kernel_shape", kernel, kernel)
        .withAll("strides", stride, stride)
        .withAll("pads", padding, padding, padding, padding)
        .withAll("dilations", dilation, dilation);
  }

  private long positions(String op, Shape input, int axis) {
    long room = input.extent(axis) + 2L * padding - (long) dilation * (kernel - 1) - 1;
    if (room < 0) {
      throw new ShapeMismatchException(op, input, this + " does not fit axis " + axis);
    }
    return room / stride + 1;
  }
}
