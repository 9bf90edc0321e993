package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Resizing axis by axis, each a product with a matrix of weights: of images, maps, positions. */
final class ResizeRule {

  private static final int SCALES = 2;
  private static final int SIZES = 3;
  private static final long LARGEST = 1 << 13;

  private ResizeRule() {}

  static Value of(OperatorCall call) {
    Value x = call.live(0);
    if (!call.attributes().text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw call.refuse("it keeps the ratio of the sides", "Export it with the size it gives.");
    }
    boolean sized = call.has(SIZES) && call.known(SIZES).size() > 0;
    Constant wanted = call.known(sized ? SIZES : SCALES);
    int[] axes = axes(call, wanted.size(), x.shape().rank());
    for (int i = 0; i < axes.length; i++) {
      Dim own = x.shape().dim(axes[i]);
      BatchCount number = wanted.at(i);
      if (own.isFixed() && number.isFixed()) {
        x = resized(call, x, axes[i], number.fixed(), sized);
      } else if (!own.equals(dim(number)) && (sized || number.fixed() != 1)) {
        throw call.refuse("it resizes the batch", "Each image must be treated alike.");
      }
    }
    return x;
  }

  private static Dim dim(BatchCount count) {
    return new Dim((long) count.perSample(), (long) count.fixed());
  }

  private static int[] axes(OperatorCall call, int count, int rank) {
    List<Long> given = call.attributes().integers("axes");
    int[] axes =
        given.isEmpty()
            ? IntStream.range(0, rank).toArray()
            : given.stream().mapToInt(axis -> Axes.of(call, axis, rank)).toArray();
    if (axes.length != count) {
      throw call.refuse(
          "it has %d sizes for %d axes".formatted(count, axes.length), "The file is damaged.");
    }
    return axes;
  }

  private static Value resized(OperatorCall call, Value x, int axis, double number, boolean sized) {
    long from = x.shape().extent(axis);
    long to = (long) (sized ? number : Math.floor(from * number));
    if (LongStream.of(from, to).anyMatch(extent -> extent < 1 || extent > LARGEST)) {
      throw call.refuse("it resizes %d to %d".formatted(from, to), "The file is damaged.");
    }
    double scale = sized ? to / (double) from : number;
    if (from == to && scale == 1) {
      return x;
    }
    if (call.attributes().flag("antialias", false) && scale < 1) {
      throw call.refuse(
          "it smooths what it shrinks", "Export without antialias, or with positions resized.");
    }
    Ops g = call.g();
    Constant matrix = new Interpolation(call, (int) from, (int) to, scale).matrix();
    int last = x.shape().rank() - 1;
    int[] order = IntStream.rangeClosed(0, last).toArray();
    order[axis] = last;
    order[last] = axis;
    Value turned = axis == last ? x : g.transpose(x, order);
    Value product = g.matMul(turned, g.constant(matrix.tensor()));
    return axis == last ? product : g.transpose(product, order);
  }
}
