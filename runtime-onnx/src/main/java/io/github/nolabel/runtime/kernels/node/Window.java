package io.github.nolabel.runtime.kernels.node;

import java.util.List;

/**
 * A convolution's attributes over height and width.
 *
 * @param pads top, left, bottom, right
 * @param dilations 1 means neighbouring taps
 */
public record Window(List<Long> strides, List<Long> pads, List<Long> dilations, long groups) {

  /** How many positions a kernel of {@code taps} takes along an axis of {@code extent}. */
  long positions(int axis, long extent, long taps) {
    long reach = (taps - 1) * dilations.get(axis) + 1;
    long room = extent + pads.get(axis) + pads.get(axis + 2) - reach;
    return room < 0 ? 0 : room / strides.get(axis) + 1;
  }
}
