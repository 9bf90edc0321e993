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
import java.util.stream.IntStream;

/** Parts of weights and masks that are replaced: rows are picked from the old and the new ones. */
final class ScatterRule {

  private ScatterRule() {}

  /** {@code ScatterElements}; where the batch is left out, only its first image would change. */
  static Value elements(OperatorCall call) {
    requirePlain(call);
    Value x = call.live(0);
    Value updates = call.live(2);
    int axis = Axes.single(call, 0, x.shape().rank());
    List<Dim> dims = x.shape().dims();
    boolean across = !dims.get(axis).isFixed();
    for (int other = 0; other < dims.size(); other++) {
      across |= !dims.get(other).equals(updates.shape().dim(other)) && !dims.get(other).isFixed();
    }
    if (across) {
      throw call.refuse("it scatters over the batch", "Treat each image alike.");
    }
    return call.g().scatter(x, places(call, (double) x.shape().extent(axis)), updates, axis);
  }

  private static Value places(OperatorCall call, double extent) {
    if (call.isLive(1)) {
      return call.live(1);
    }
    Constant places = call.known(1);
    return call.constant(
        Constant.of(
            ElementType.INT64,
            places.extents(),
            i -> BatchCount.of((places.at(i).fixed() + extent) % extent)));
  }

  private static void requirePlain(OperatorCall call) {
    if (!call.attributes().text("reduction", "none").equals("none")) {
      throw call.refuse("it reduces what it scatters", "Export with constant folding.");
    }
  }

  static Value of(OperatorCall call) {
    requirePlain(call);
    Value x = call.live(0);
    Constant places = call.known(1);
    Value updates = call.live(2);
    int depth = Math.toIntExact(places.extents()[places.rank() - 1]);
    List<Dim> head = x.shape().dims().subList(0, depth);
    if (!head.stream().allMatch(Dim::isFixed)) {
      throw call.refuse("it scatters over the batch", "Treat each image alike.");
    }
    List<Dim> rest = x.shape().dims().subList(depth, x.shape().rank());
    Value old = rows(call.g(), x, head, rest);
    int count = places.size() / Math.max(1, depth);
    Value replaced = rows(call.g(), updates, List.of(Dim.of(count)), rest);
    Constant picked = picked(places, head);
    Value all = call.g().concat(0, old, replaced);
    return call.g().reshape(call.g().gather(all, call.g().constant(picked.tensor())), x.shape());
  }

  private static Value rows(Ops g, Value x, List<Dim> head, List<Dim> rest) {
    List<Dim> flat = new ArrayList<>(List.of(new Shape(head).elements()));
    flat.addAll(rest);
    return g.reshape(x, new Shape(flat));
  }

  /** For each row its own number, or that of the last one that replaces it. */
  private static Constant picked(Constant places, List<Dim> head) {
    long[] extents = head.stream().mapToLong(Dim::extent).toArray();
    int[] rows = IntStream.range(0, Constant.size(extents)).toArray();
    int depth = extents.length;
    int old = rows.length;
    for (int i = 0; i < places.size() / Math.max(1, depth); i++) {
      long[] place = new long[depth];
      for (int axis = 0; axis < depth; axis++) {
        long index = (long) places.at(i * depth + axis).fixed();
        place[axis] = index < 0 ? index + extents[axis] : index;
      }
      rows[LayoutFolds.flat(place, extents)] = old + i;
    }
    return Constant.of(ElementType.INT64, new long[] {rows.length}, i -> BatchCount.of(rows[i]));
  }
}
