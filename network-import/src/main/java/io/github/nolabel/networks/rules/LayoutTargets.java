package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The shapes that layout operators give. */
final class LayoutTargets {

  private LayoutTargets() {}

  static int[] permutation(OperatorCall call, int rank) {
    List<Long> given = call.attributes().integers("perm");
    return given.isEmpty()
        ? IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray()
        : given.stream().mapToInt(Math::toIntExact).toArray();
  }

  static Shape flattened(OperatorCall call) {
    Shape own = call.shape(0);
    int axis = Math.toIntExact(call.attributes().integer("axis", 1));
    int at = axis < 0 ? axis + own.rank() : axis;
    Shape head = new Shape(own.dims().subList(0, at));
    Shape tail = new Shape(own.dims().subList(at, own.rank()));
    return new Shape(List.of(head.elements(), tail.elements()));
  }

  static Shape squeezed(OperatorCall call) {
    Shape own = call.shape(0);
    Optional<List<Long>> axes = call.attributes().integers("axes", 1);
    int[] dropped =
        axes.map(given -> Axes.of(call, given, own.rank()))
            .orElseGet(
                () ->
                    IntStream.range(0, own.rank())
                        .filter(axis -> own.dim(axis).equals(Dim.of(1)))
                        .toArray());
    return new Shape(
        IntStream.range(0, own.rank())
            .filter(axis -> Arrays.stream(dropped).noneMatch(d -> d == axis))
            .mapToObj(own::dim)
            .toList());
  }

  static Shape unsqueezed(OperatorCall call) {
    Shape own = call.shape(0);
    List<Long> axes = call.attributes().integers("axes", 1).orElse(List.of());
    List<Dim> dims = new ArrayList<>(own.dims());
    for (int axis : Axes.of(call, axes, own.rank() + axes.size())) {
      dims.add(axis, Dim.of(1));
    }
    return new Shape(dims);
  }

  /**
   * Zeros keep the extent, minus one is what is left. A file that was exported for one batch size
   * gets {@code N} in its place.
   */
  static Shape reshaped(OperatorCall call) {
    Shape own = call.shape(0);
    Constant target = call.known(1);
    boolean zeroIsZero = call.attributes().flag("allowzero", false);
    boolean rebinds = call.setting().fileBatch().isPresent() && target.isFixed() && !own.isFixed();
    long batch = call.setting().fileBatch().orElse(1);
    if (!rebinds) {
      return filled(own, dims(target, own, zeroIsZero));
    }
    long views = call.setting().batch().perSample();
    Shape oneView = perBatch(own, views);
    Shape seen = Shape.of(oneView.at(batch));
    Shape shape = filled(seen, dims(target, seen, zeroIsZero));
    return rebound(oneView, shape, batch, views);
  }

  /** Extents; an empty one is what is left. */
  private static List<Optional<Dim>> dims(Constant target, Shape own, boolean zeroIsZero) {
    List<Optional<Dim>> dims = new ArrayList<>();
    for (int axis = 0; axis < target.size(); axis++) {
      BatchCount count = target.at(axis);
      if (count.isFixed() && count.fixed() == 0 && !zeroIsZero) {
        dims.add(Optional.of(own.dim(axis)));
      } else if (count.isFixed() && count.fixed() == -1) {
        dims.add(Optional.empty());
      } else {
        dims.add(Optional.of(new Dim((long) count.perSample(), (long) count.fixed())));
      }
    }
    return dims;
  }

  private static Shape filled(Shape own, List<Optional<Dim>> dims) {
    Shape given = new Shape(dims.stream().flatMap(Optional::stream).toList());
    Dim rest = dims.size() == given.rank() ? Dim.of(1) : ratio(own.elements(), given.elements());
    return new Shape(dims.stream().map(dim -> dim.orElse(rest)).toList());
  }

  private static Dim ratio(Dim all, Dim part) {
    long divisor = part.isFixed() ? part.fixed() : part.perSample();
    boolean divides =
        divisor > 0
            && all.perSample() % divisor == 0
            && all.fixed() % divisor == 0
            && (part.isFixed() || (part.fixed() == 0 && all.fixed() == 0));
    if (!divides) {
      throw new IllegalArgumentException(all + " elements do not divide by " + part);
    }
    return part.isFixed()
        ? new Dim(all.perSample() / divisor, all.fixed() / divisor)
        : Dim.of(all.perSample() / divisor);
  }

  private static Shape perBatch(Shape own, long views) {
    return new Shape(
        own.dims().stream().map(d -> new Dim(d.perSample() / views, d.fixed())).toList());
  }

  /** Puts the batch size on the axis that held it in the file. */
  private static Shape rebound(Shape own, Shape shape, long batch, long views) {
    int axis = new BatchPlace(own, shape, batch).axis();
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.set(axis, new Dim(shape.extent(axis) / batch * views, 0));
    return new Shape(dims);
  }
}
