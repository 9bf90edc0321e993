package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** How many elements come before and after each axis. */
record Padding(List<Long> before, List<Long> after) {

  private static final long MOST = 1 << 16;

  Padding {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (Stream.concat(before.stream(), after.stream()).anyMatch(p -> p > MOST)) {
      throw new IllegalArgumentException("padding by more than %d".formatted(MOST));
    }
  }

  static Padding none(int rank) {
    return new Padding(Collections.nCopies(rank, 0L), Collections.nCopies(rank, 0L));
  }

  Padding with(int axis, long first, long last) {
    List<Long> newBefore = new ArrayList<>(before);
    List<Long> newAfter = new ArrayList<>(after);
    newBefore.set(axis, first);
    newAfter.set(axis, last);
    return new Padding(newBefore, newAfter);
  }

  /** {@code x} with {@code value} around it. */
  Value apply(OperatorCall call, Value x, double value) {
    return isNone(call) || value != 0 ? joined(call, x, value) : call.g().pad(x, before, after);
  }

  /**
   * The same without a Pad of the graph: the runtime makes that before a MaxPool a padding of the
   * pool, by which zeros are no candidates any more.
   */
  Value joined(OperatorCall call, Value x, double value) {
    return isNone(call) ? x : surrounded(call.g(), x, value);
  }

  private boolean isNone(OperatorCall call) {
    if (before.stream().anyMatch(p -> p < 0) || after.stream().anyMatch(p -> p < 0)) {
      throw call.refuse("padding is negative", "Slice instead.");
    }
    return before.stream().allMatch(p -> p == 0) && after.stream().allMatch(p -> p == 0);
  }

  /** Slabs of the value, joined on: exact even for the lowest float. */
  private Value surrounded(Ops g, Value x, double value) {
    Value result = x;
    for (int axis = 0; axis < before.size(); axis++) {
      List<Value> parts = new ArrayList<>(List.of(result));
      if (before.get(axis) > 0) {
        parts.add(0, slab(g, result, axis, before.get(axis), value));
      }
      if (after.get(axis) > 0) {
        parts.add(slab(g, result, axis, after.get(axis), value));
      }
      result = parts.size() == 1 ? result : g.concat(axis, parts);
    }
    return result;
  }

  private static Value slab(Ops g, Value x, int axis, long thickness, double value) {
    long[] extents = new long[x.shape().rank()];
    java.util.Arrays.fill(extents, 1);
    Value one =
        g.expandLike(
            g.constant(Tensor.of(new float[] {(float) value}, extents)), g.slice(x, axis, 0, 1));
    long[] repeats = Shape.of(extents).at(0);
    repeats[axis] = thickness;
    return thickness == 1 ? one : g.tile(one, repeats);
  }
}
