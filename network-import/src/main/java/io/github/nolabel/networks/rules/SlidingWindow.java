package io.github.nolabel.networks.rules;

import io.github.nolabel.graph.Window;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.List;
import java.util.stream.LongStream;

/** A window as files describe it: its padding may differ on each side, its sides in length. */
record SlidingWindow(long height, long width, long stride, long dilation, Padding padding) {

  private static final long LARGEST = 1 << 12;

  SlidingWindow {
    if (LongStream.of(height, width, stride, dilation).anyMatch(n -> n < 1 || n > LARGEST)) {
      throw new IllegalArgumentException(
          "a window of %d x %d, stride %d, dilation %d".formatted(height, width, stride, dilation));
    }
  }

  static SlidingWindow of(OperatorCall call, long height, long width, List<Long> images) {
    long stride = same(call, "strides");
    long dilation = same(call, "dilations");
    List<Long> kernel = List.of(height, width);
    Padding padding = Padding.none(4);
    List<Long> pads = call.attributes().integers("pads");
    requireFitting(call, kernel, pads);
    String automatic = call.attributes().text("auto_pad", "NOTSET");
    for (int i = 0; i < 2; i++) {
      if (automatic.startsWith("SAME")) {
        long all = missing(images.get(i), kernel.get(i), stride, dilation);
        long first = automatic.equals("SAME_LOWER") ? all - all / 2 : all / 2;
        padding = padding.with(i + 2, first, all - first);
      } else if (automatic.equals("NOTSET") && pads.size() == 2) {
        padding = padding.with(3, pads.get(0), pads.get(1));
      } else if (automatic.equals("NOTSET") && pads.size() == 4) {
        padding = padding.with(i + 2, pads.get(i), pads.get(i + 2));
      }
    }
    return new SlidingWindow(height, width, stride, dilation, padding)
        .roundedUp(call.attributes().flag("ceil_mode", false), images);
  }

  private static void requireFitting(OperatorCall call, List<Long> kernel, List<Long> pads) {
    List<Long> said = call.attributes().integers("kernel_shape");
    boolean line = call.shape(0).rank() == 3;
    List<Long> own = line ? kernel.subList(1, 2) : kernel;
    if (!said.isEmpty() && !said.equals(own)) {
      throw call.refuse(
          "its kernel is %s and kernel_shape says %s".formatted(own, said), "The file is damaged.");
    }
    if (!pads.isEmpty()
        && (pads.size() != 2 * own.size() || pads.stream().anyMatch(pad -> pad < 0))) {
      throw call.refuse(
          "its pads are %s, expected %d that are not negative".formatted(pads, 2 * own.size()),
          "The file is damaged.");
    }
  }

  /** A kernel as large as the longer side. */
  long side() {
    return Math.max(height, width);
  }

  Window square() {
    return new Window((int) side(), (int) stride, 0, (int) dilation, 1);
  }

  /** The square window, with equal padding on all sides if that is what it is. */
  boolean isPlain() {
    long first = padding.before().get(2);
    return height == width
        && padding.before().get(3) == first
        && padding.after().get(2) == first
        && padding.after().get(3) == first;
  }

  Window plain() {
    return square().padding(Math.toIntExact(padding.before().get(2)));
  }

  /** Padding of the images that makes the square window see what this one sees. */
  Padding forSquare() {
    Padding result = padding;
    long tall = (side() - height) * dilation;
    long broad = (side() - width) * dilation;
    result = result.with(2, padding.before().get(2), padding.after().get(2) + tall);
    return result.with(3, padding.before().get(3), padding.after().get(3) + broad);
  }

  private SlidingWindow roundedUp(boolean wanted, List<Long> images) {
    if (!wanted) {
      return this;
    }
    Padding more = padding;
    long[] kernel = {height, width};
    for (int i = 0; i < 2; i++) {
      long before = padding.before().get(i + 2);
      long after = padding.after().get(i + 2);
      long room = images.get(i) + before + after - dilation * (kernel[i] - 1) - 1;
      long positions = (room + stride - 1) / stride + 1;
      boolean startsOutside = (positions - 1) * stride >= images.get(i) + before;
      long needed = (positions - 1 - (startsOutside ? 1 : 0)) * stride;
      more = more.with(i + 2, before, after + Math.max(0, needed - room));
    }
    return new SlidingWindow(height, width, stride, dilation, more);
  }

  private static long missing(long extent, long kernel, long stride, long dilation) {
    long positions = (extent + stride - 1) / stride;
    return Math.max(0, (positions - 1) * stride + dilation * (kernel - 1) + 1 - extent);
  }

  private static long same(OperatorCall call, String name) {
    List<Long> values = call.attributes().integers(name);
    if (values.stream().distinct().count() > 1) {
      throw call.refuse(
          "'%s' differ in height and width (%s)".formatted(name, values),
          "Only equal ones can be trained here; choose a feature output before it (backbone.featureOutput).");
    }
    return values.isEmpty() ? 1 : values.get(0);
  }
}
