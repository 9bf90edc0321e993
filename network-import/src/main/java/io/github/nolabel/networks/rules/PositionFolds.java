package io.github.nolabel.networks.rules;

import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.Arrays;
import java.util.List;

/** Counting and repeating, which grids of positions are made by. */
final class PositionFolds {

  private PositionFolds() {}

  static void addTo(TranslationTable.Builder table) {
    table.fold("Tile", PositionFolds::tile).fold("CumSum", PositionFolds::cumulative);
  }

  private static Constant tile(OperatorCall call) {
    Constant x = call.known(0);
    List<Long> repeats = call.known(1).integers();
    long[] own = x.extents();
    long[] extents = own.clone();
    for (int axis = 0; axis < own.length; axis++) {
      extents[axis] = Math.multiplyExact(own[axis], repeats.get(axis));
    }
    return x.select(
        extents,
        i -> {
          long[] place = LayoutFolds.place(i, extents);
          for (int axis = 0; axis < own.length; axis++) {
            place[axis] %= own[axis];
          }
          return LayoutFolds.flat(place, own);
        });
  }

  private static Constant cumulative(OperatorCall call) {
    Constant x = call.known(0);
    long[] own = x.extents();
    int axis = Axes.of(call, (long) call.known(1).number(), own.length);
    boolean reverse = call.attributes().flag("reverse", false);
    boolean exclusive = call.attributes().flag("exclusive", false);
    int stride = Constant.size(Arrays.copyOfRange(own, axis + 1, own.length));
    double[] sums = new double[x.size()];
    for (int i = 0; i < x.size(); i++) {
      int at = reverse ? x.size() - 1 - i : i;
      int before = reverse ? at + stride : at - stride;
      long place = LayoutFolds.place(at, own)[axis];
      boolean first = place == (reverse ? own[axis] - 1 : 0);
      double earlier = first ? 0 : sums[before] + (exclusive ? x.at(before).fixed() : 0);
      sums[at] = earlier + (exclusive ? 0 : x.at(at).fixed());
    }
    return Constant.of(x.type(), own, i -> BatchCount.of(sums[i]));
  }
}
