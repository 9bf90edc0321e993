package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Shapes;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Moving the elements of constants around. */
final class LayoutFolds {

  private LayoutFolds() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .fold("Gather", LayoutFolds::gather)
        .fold("Slice", LayoutFolds::slice)
        .fold("ScatterND", LayoutFolds::scatter)
        .fold("Concat", LayoutFolds::concat)
        .fold("Transpose", LayoutFolds::transpose)
        .fold("Reshape", c -> withShape(c, LayoutTargets.reshaped(c)))
        .fold("Flatten", c -> withShape(c, LayoutTargets.flattened(c)))
        .fold("Squeeze", c -> withShape(c, LayoutTargets.squeezed(c)))
        .fold("Unsqueeze", c -> withShape(c, LayoutTargets.unsqueezed(c)));
    ReductionFolds.addTo(table);
  }

  static Constant broadcast(Constant x, long[] extents) {
    if (Arrays.equals(x.extents(), extents)) {
      return x;
    }
    int missing = extents.length - x.rank();
    long[] own = x.extents();
    return x.select(
        extents,
        i -> {
          long[] place = place(i, extents);
          long[] source = new long[own.length];
          for (int axis = 0; axis < own.length; axis++) {
            source[axis] = own[axis] == 1 ? 0 : place[axis + missing];
          }
          return flat(source, own);
        });
  }

  /** A constant in the shape that input 1 says, which must not depend on the batch size. */
  static Constant expanded(Constant x, Constant shape) {
    long[] wanted = shape.integers().stream().mapToLong(Long::longValue).toArray();
    return broadcast(x, Shapes.broadcast("Expand", Shape.of(x.extents()), Shape.of(wanted)).at(0));
  }

  private static Constant withShape(OperatorCall call, Shape shape) {
    return call.known(0).select(shape.at(0), i -> i);
  }

  private static Constant gather(OperatorCall call) {
    Constant table = call.known(0);
    Constant indices = call.known(1);
    int axis = Axes.single(call, 0, table.rank());
    long[] own = table.extents();
    long[] extents =
        LongStream.of(
                concat(
                    Arrays.copyOf(own, axis),
                    indices.extents(),
                    Arrays.copyOfRange(own, axis + 1, own.length)))
            .toArray();
    return table.select(
        extents,
        i -> {
          long[] place = place(i, extents);
          long[] chosen = Arrays.copyOfRange(place, axis, axis + indices.rank());
          long index = (long) indices.at(flat(chosen, indices.extents())).fixed();
          long[] source =
              concat(
                  Arrays.copyOf(place, axis),
                  new long[] {index < 0 ? index + own[axis] : index},
                  Arrays.copyOfRange(place, axis + indices.rank(), place.length));
          return flat(source, own);
        });
  }

  private static Constant slice(OperatorCall call) {
    Constant x = call.known(0);
    long[] own = x.extents();
    List<Axes.Range> ranges = Axes.ranges(call, LongStream.of(own));
    long[] extents = own.clone();
    ranges.forEach(range -> extents[range.axis()] = range.count());
    return x.select(
        extents,
        i -> {
          long[] place = place(i, extents);
          for (Axes.Range range : ranges) {
            place[range.axis()] = range.start() + place[range.axis()] * range.step();
          }
          return flat(place, own);
        });
  }

  /** Slices of the last input, put where the rows of the second one say. */
  private static Constant scatter(OperatorCall call) {
    Constant x = call.known(0);
    Constant indices = call.known(1);
    Constant updates = call.known(2);
    if (!call.attributes().text("reduction", "none").equals("none")) {
      throw call.refuse("it reduces what it scatters", "Export with constant folding.");
    }
    long[] own = x.extents();
    int depth = Math.toIntExact(indices.extents()[indices.rank() - 1]);
    int slice = Constant.size(Arrays.copyOfRange(own, depth, own.length));
    BatchCount[] result = IntStream.range(0, x.size()).mapToObj(x::at).toArray(BatchCount[]::new);
    for (int row = 0; row < indices.size() / Math.max(1, depth); row++) {
      long[] place = new long[own.length];
      for (int axis = 0; axis < depth; axis++) {
        long index = (long) indices.at(row * depth + axis).fixed();
        place[axis] = index < 0 ? index + own[axis] : index;
      }
      int start = flat(place, own);
      for (int i = 0; i < slice; i++) {
        result[start + i] = updates.at(row * slice + i);
      }
    }
    return Constant.of(x.type(), own, i -> result[i]);
  }

  private static Constant concat(OperatorCall call) {
    Constant result = call.known(0);
    int axis = Axes.single(call, 0, result.rank());
    for (int i = 1; i < call.inputCount(); i++) {
      result = concat(result, call.known(i), axis);
    }
    return result;
  }

  private static Constant concat(Constant a, Constant b, int axis) {
    long first = a.extents()[axis];
    long[] extents = a.extents();
    extents[axis] += b.extents()[axis];
    return Constant.of(
        a.type(),
        extents,
        i -> {
          long[] place = place(i, extents);
          if (place[axis] < first) {
            return a.at(flat(place, a.extents()));
          }
          place[axis] -= first;
          return b.at(flat(place, b.extents()));
        });
  }

  private static Constant transpose(OperatorCall call) {
    Constant x = call.known(0);
    int[] permutation = LayoutTargets.permutation(call, x.rank());
    long[] own = x.extents();
    long[] extents = IntStream.of(permutation).mapToLong(axis -> own[axis]).toArray();
    return x.select(
        extents,
        i -> {
          long[] place = place(i, extents);
          long[] source = new long[own.length];
          for (int axis = 0; axis < own.length; axis++) {
            source[permutation[axis]] = place[axis];
          }
          return flat(source, own);
        });
  }

  private static long[] concat(long[]... parts) {
    return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
  }

  static long[] place(int flat, long[] extents) {
    long[] place = new long[extents.length];
    long rest = flat;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      place[axis] = rest % extents[axis];
      rest /= extents[axis];
    }
    return place;
  }

  static int flat(long[] place, long[] extents) {
    long flat = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      if (place[axis] < 0 || place[axis] >= extents[axis]) {
        throw new IndexOutOfBoundsException(
            "index %d of an axis of %d".formatted(place[axis], extents[axis]));
      }
      flat = flat * extents[axis] + place[axis];
    }
    return (int) flat;
  }
}
