package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.graph.Window;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.List;

/** Means and maxima of windows. */
final class PoolingRules {

  private static final long LARGEST_KERNEL = 1 << 24;

  private PoolingRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .rule("MaxPool", c -> List.<FileValue>of(new FileValue.Live(maxPool(c))))
        .live("AveragePool", PoolingRules::averagePool)
        .live(
            "GlobalAveragePool",
            c -> c.g().reduceMean(c.live(0), true, NormalisationRules.spatialAxes(c.live(0))))
        .live(
            "GlobalMaxPool",
            c -> c.g().reduceMax(c.live(0), true, NormalisationRules.spatialAxes(c.live(0))));
  }

  private static Value maxPool(OperatorCall call) {
    Value x = ConvolutionRules.images(call);
    SlidingWindow window = window(call, x);
    if (window.height() != window.width()) {
      throw call.refuse("its window is not square", "Only square windows can be trained here.");
    }
    return window.isPlain()
        ? call.g().maxPool(x, window.plain()).get(0)
        : call.g()
            .maxPool(window.padding().apply(call, x, -Float.MAX_VALUE), window.square())
            .get(0);
  }

  /** A convolution with equal weights; where padding does not count, the sum is divided anew. */
  private static Value averagePool(OperatorCall call) {
    Ops g = call.g();
    Value x = ConvolutionRules.images(call);
    SlidingWindow window = window(call, x);
    int channels = Math.toIntExact(x.shape().extent(1));
    Value seen = window.forSquare().apply(call, x, 0);
    Window slid = window.square().groups(channels);
    Value mean = g.conv(seen, g.constant(kernel(window, channels)), slid);
    boolean paddingCounts = call.attributes().flag("count_include_pad", false);
    boolean rounded = call.attributes().flag("ceil_mode", false);
    if (seen.equals(x) || (paddingCounts && !rounded)) {
      return mean;
    }
    return g.mul(mean, g.constant(corrections(call, window, x, mean, paddingCounts)));
  }

  private static SlidingWindow window(OperatorCall call, Value x) {
    List<Long> kernel = call.attributes().integers("kernel_shape");
    if (kernel.size() != 2) {
      throw call.refuse("it has no window of height and width", "The file is damaged.");
    }
    List<Long> pads = call.attributes().integers("pads");
    for (int i = 0; i < pads.size(); i++) {
      if (pads.get(i) >= kernel.get(i % 2)) {
        throw call.refuse(
            "it pads by %s around a window of %s, which would see nothing".formatted(pads, kernel),
            "The file is damaged.");
      }
    }
    return SlidingWindow.of(call, kernel.get(0), kernel.get(1), ConvolutionRules.size(x));
  }

  private static Tensor kernel(SlidingWindow window, int channels) {
    int side = (int) window.side();
    if ((long) channels * side * side > LARGEST_KERNEL) {
      throw new IllegalArgumentException(
          "a mean over %d x %d pixels of %d channels".formatted(side, side, channels));
    }
    Tensor kernel = Tensor.zeros(ElementType.FLOAT, channels, 1, side, side);
    float share = 1f / (window.height() * window.width());
    for (int i = 0; i < kernel.elements(); i++) {
      boolean inside = i / side % side < window.height() && i % side < window.width();
      kernel.floats().put(i, inside ? share : 0);
    }
    return kernel;
  }

  /** By place: the window's size over the number of elements in it that count. */
  private static Tensor corrections(
      OperatorCall call, SlidingWindow window, Value x, Value result, boolean paddingCounts) {
    int rows = (int) result.shape().extent(2);
    int columns = (int) result.shape().extent(3);
    Tensor factors = Tensor.zeros(ElementType.FLOAT, 1, 1, rows, columns);
    List<Long> pads = paddingCounts ? call.attributes().integers("pads") : List.of();
    for (int i = 0; i < factors.elements(); i++) {
      double tall = counted(window, window.height(), 0, i / columns, x, pads);
      double broad = counted(window, window.width(), 1, i % columns, x, pads);
      factors.floats().put(i, (float) (window.height() * window.width() / (tall * broad)));
    }
    return factors;
  }

  private static int counted(
      SlidingWindow window, long kernel, int axis, int place, Value x, List<Long> pads) {
    long first = pads.isEmpty() ? 0 : -pads.get(axis);
    long end = x.shape().extent(axis + 2) + (pads.isEmpty() ? 0 : pads.get(axis + 2));
    long start = place * window.stride() - window.padding().before().get(axis + 2);
    int counted = 0;
    for (int tap = 0; tap < kernel; tap++) {
      long at = start + tap * window.dilation();
      counted += at >= first && at < end ? 1 : 0;
    }
    return counted;
  }
}
