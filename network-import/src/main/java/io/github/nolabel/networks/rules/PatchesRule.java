package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Col2Im}: patches are laid over each other, each place of the image is the sum of what they
 * have there. The patches' numbers are picked place by place; where fewer patches meet than
 * elsewhere, zeros.
 */
final class PatchesRule {

  private static final long LARGEST = 1 << 12;

  private PatchesRule() {}

  /** One side of the image; {@code steps} is how many patches lie along it. */
  private record Side(long places, long taps, long stride, long dilation, long before, long after) {

    long steps() {
      return Math.floorDiv(places + before + after - dilation * (taps - 1) - 1, stride) + 1;
    }

    /** The step of the patch whose tap lies on a place; -1 if there is none. */
    long step(long tap, long place) {
      long start = place + before - tap * dilation;
      return start % stride == 0 && start >= 0 && start / stride < steps() ? start / stride : -1;
    }
  }

  static Value of(OperatorCall call) {
    Side high = side(call, 0);
    Side wide = side(call, 1);
    Value x = call.live(0);
    long taps = high.taps() * wide.taps();
    long steps = high.steps() * wide.steps();
    requireFitting(call, x.shape(), taps, steps);
    Ops g = call.g();
    Dim images = x.shape().dim(0);
    Dim channels = Dim.of(x.shape().extent(1) / taps);
    Shape columns = new Shape(List.of(images, channels, Dim.of(taps * steps)));
    Value rows = g.transpose(g.reshape(x, columns), 2, 0, 1);
    Value withZeros = g.pad(rows, List.of(0L, 0L, 0L), List.of(1L, 0L, 0L));
    Value sum =
        layers(high, wide).stream()
            .map(layer -> g.gather(withZeros, g.constant(layer.tensor())))
            .reduce(g::add)
            .orElseThrow();
    Shape image =
        new Shape(List.of(images, channels, Dim.of(high.places()), Dim.of(wide.places())));
    return g.reshape(g.transpose(sum, 1, 2, 0), image);
  }

  private static Side side(OperatorCall call, int axis) {
    List<Long> image = call.known(1).integers();
    List<Long> patch = call.known(2).integers();
    List<Long> pads = call.attributes().integers("pads");
    if (image.size() != 2 || patch.size() != 2) {
      throw call.refuse(
          "its image is %s and its patches are %s".formatted(image, patch),
          "Only networks for images can be trained here.");
    }
    Side side =
        new Side(
            image.get(axis),
            patch.get(axis),
            attribute(call.attributes().integers("strides"), axis, 1),
            attribute(call.attributes().integers("dilations"), axis, 1),
            attribute(pads, axis, 0),
            attribute(pads, axis + 2, 0));
    boolean fits =
        List.of(side.places(), side.taps(), side.stride(), side.dilation()).stream()
                .allMatch(n -> n > 0 && n <= LARGEST)
            && List.of(side.before(), side.after()).stream().allMatch(n -> n >= 0 && n <= LARGEST);
    if (!fits || side.steps() < 1) {
      throw call.refuse("no patches lie as %s".formatted(side), "The file is damaged.");
    }
    return side;
  }

  private static long attribute(List<Long> values, int index, long otherwise) {
    return index < values.size() ? values.get(index) : otherwise;
  }

  private static void requireFitting(OperatorCall call, Shape shape, long taps, long steps) {
    boolean fits =
        shape.rank() == 3
            && shape.dims().subList(1, 3).stream().allMatch(Dim::isFixed)
            && shape.extent(1) % taps == 0
            && shape.extent(2) == steps;
    if (!fits) {
      throw call.refuse(
          "its patches are %s, expected [N, C * %d, %d]".formatted(shape, taps, steps),
          "The file is damaged.");
    }
  }

  /** Rows by place of the image: the first patch's of each place, the second's, and so on. */
  private static List<Constant> layers(Side high, Side wide) {
    int places = Math.toIntExact(high.places() * wide.places());
    List<List<Long>> rows = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      rows.add(rows(high, wide, place / wide.places(), place % wide.places()));
    }
    long zeros = high.taps() * wide.taps() * high.steps() * wide.steps();
    int most = rows.stream().mapToInt(List::size).max().orElse(0);
    List<Constant> layers = new ArrayList<>();
    for (int layer = 0; layer < Math.max(1, most); layer++) {
      int own = layer;
      layers.add(
          Constant.of(
              ElementType.INT64,
              new long[] {places},
              i ->
                  BatchCount.of(
                      (double) (own < rows.get(i).size() ? rows.get(i).get(own) : zeros))));
    }
    return layers;
  }

  private static List<Long> rows(Side high, Side wide, long y, long x) {
    List<Long> rows = new ArrayList<>();
    for (long i = 0; i < high.taps(); i++) {
      for (long j = 0; j < wide.taps(); j++) {
        long down = high.step(i, y);
        long right = wide.step(j, x);
        if (down >= 0 && right >= 0) {
          long tap = i * wide.taps() + j;
          rows.add((tap * high.steps() + down) * wide.steps() + right);
        }
      }
    }
    return rows;
  }
}
