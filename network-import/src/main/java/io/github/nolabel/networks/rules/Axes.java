package io.github.nolabel.networks.rules;

import io.github.nolabel.networks.table.OperatorCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Axes as files give them: negative ones count from the end. */
final class Axes {

  private Axes() {}

  static int of(OperatorCall call, long axis, int rank) {
    long positive = axis < 0 ? axis + rank : axis;
    if (positive < 0 || positive >= rank) {
      throw new IndexOutOfBoundsException("no axis %d among %d".formatted(axis, rank));
    }
    return (int) positive;
  }

  /** The attribute {@code axis}. */
  static int single(OperatorCall call, long otherwise, int rank) {
    return of(call, call.attributes().integer("axis", otherwise), rank);
  }

  static int[] of(OperatorCall call, List<Long> axes, int rank) {
    return axes.stream().mapToInt(axis -> of(call, axis, rank)).sorted().toArray();
  }

  /** Puts {@code first} first and keeps the others in order. */
  static int[] toFront(int first, int rank) {
    return IntStream.concat(
            IntStream.of(first), IntStream.range(0, rank).filter(axis -> axis != first))
        .toArray();
  }

  static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }

  /** One part of a slice. */
  record Range(int axis, long start, long end, long step) {
    long count() {
      return Math.max(0, (end - start + step - Long.signum(step)) / step);
    }
  }

  /** What Slice cuts, axis by axis, within the given extents. */
  static List<Range> ranges(OperatorCall call, LongStream extents) {
    long[] all = extents.toArray();
    List<Long> starts = call.attributes().integers("starts", 1).orElse(List.of());
    List<Long> ends = call.attributes().integers("ends", 2).orElse(List.of());
    List<Long> axes =
        call.attributes()
            .integers("axes", 3)
            .orElseGet(() -> LongStream.range(0, starts.size()).boxed().toList());
    List<Long> steps = call.has(4) ? call.known(4).integers() : List.of();
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int axis = of(call, axes.get(i), all.length);
      ranges.add(
          range(axis, all[axis], starts.get(i), ends.get(i), steps.isEmpty() ? 1 : steps.get(i)));
    }
    return ranges;
  }

  private static Range range(int axis, long extent, long start, long end, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("a step of zero");
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? extent : extent - 1;
    return new Range(
        axis, clamp(start, extent, Math.max(low, 0), high), clamp(end, extent, low, high), step);
  }

  private static long clamp(long place, long extent, long low, long high) {
    long positive = place < 0 ? place + extent : place;
    return Math.max(low, Math.min(high, positive));
  }
}
