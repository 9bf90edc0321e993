package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What text networks find positions, token types and masks with. */
final class IndexRules {

  private IndexRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .live("GatherElements", IndexRules::elements)
        .fold("GatherElements", IndexRules::knownElements)
        .live("GatherND", IndexRules::byCoordinates)
        .live("CumSum", IndexRules::cumulative)
        .live("Trilu", IndexRules::triangle)
        .fold("Trilu", IndexRules::knownTriangle);
  }

  /** What was exported for one text or image is repeated for each of the batch. */
  private static Value elements(OperatorCall call) {
    Value x = call.live(0, WeightUse.TABLE);
    Value indices = call.live(1);
    int axis = Axes.single(call, 0, x.shape().rank());
    if (!x.shape().dim(axis).isFixed()) {
      throw call.refuse("it picks across the batch", "Treat each text or image alike.");
    }
    for (int other = 0; other < x.shape().rank(); other++) {
      Dim wanted = indices.shape().dim(other);
      if (other != axis && !wanted.isFixed()) {
        x = LayoutRules.stretched(call, x, other, wanted);
      }
    }
    return call.g().gatherElements(x, indices, axis);
  }

  private static Constant knownElements(OperatorCall call) {
    Constant x = call.known(0);
    Constant indices = call.known(1);
    int axis = Axes.single(call, 0, x.rank());
    long[] own = x.extents();
    return x.select(
        indices.extents(),
        i -> {
          long[] place = LayoutFolds.place(i, indices.extents());
          long index = (long) indices.at(i).fixed();
          place[axis] = index < 0 ? index + own[axis] : index;
          return LayoutFolds.flat(place, own);
        });
  }

  /**
   * The last axis of the indices holds coordinates, none of them negative: rows of a flat table.
   */
  private static Value byCoordinates(OperatorCall call) {
    Value x = call.live(0, WeightUse.TABLE);
    if (call.attributes().integer("batch_dims", 0) != 0) {
      throw call.refuse("it looks up within each text or image", "Export with batch_dims 0.");
    }
    int depth = Math.toIntExact(call.shape(1).extent(-1));
    List<Dim> dims = x.shape().dims().subList(0, depth);
    List<Dim> flat = new ArrayList<>(x.shape().dims().subList(depth, x.shape().rank()));
    flat.add(0, new Shape(dims).elements());
    Value table = call.g().reshape(x, new Shape(flat));
    if (!flat.get(0).isFixed() && !call.isLive(1)) {
      return PlacesWithin.gather(call, table, rows(call.known(1), dims));
    }
    if (!flat.get(0).isFixed() && x.type() == ElementType.FLOAT) {
      throw call.refuse("it picks features across the batch", "Treat each text or image alike.");
    }
    return call.g().gather(table, rows(call.g(), call.live(1), dims));
  }

  private static Value rows(Ops g, Value coordinates, List<Dim> dims) {
    Value row = coordinate(g, coordinates, 0);
    for (int axis = 1; axis < dims.size(); axis++) {
      Value before = g.mul(row, g.integer(dims.get(axis).extent()));
      row = g.add(before, coordinate(g, coordinates, axis));
    }
    return row;
  }

  private static Value coordinate(Ops g, Value coordinates, int axis) {
    int last = coordinates.shape().rank() - 1;
    return g.squeeze(g.slice(coordinates, last, axis, axis + 1), last);
  }

  private static Constant rows(Constant coordinates, List<Dim> dims) {
    long[] extents = Arrays.copyOf(coordinates.extents(), coordinates.rank() - 1);
    return Constant.of(
        ElementType.INT64,
        extents,
        i -> {
          double row = coordinates.at(i * dims.size()).fixed();
          for (int axis = 1; axis < dims.size(); axis++) {
            double further = coordinates.at(i * dims.size() + axis).fixed();
            row = row * dims.get(axis).extent() + further;
          }
          return BatchCount.of(row);
        });
  }

  /** A product with ones on one side of the diagonal: {@code y_j = sum x_i, i <= j}. */
  private static Value cumulative(OperatorCall call) {
    Value x = call.live(0);
    Ops g = call.g();
    int rank = x.shape().rank();
    int axis = Axes.of(call, (long) call.known(1).number(), rank);
    int[] order = Axes.toFront(axis, rank);
    boolean reverse = call.attributes().flag("reverse", false);
    long shift = call.attributes().flag("exclusive", false) ? 1 : 0;
    long extent = x.shape().extent(axis);
    Constant sides =
        Constant.of(
            ElementType.FLOAT,
            new long[] {extent, extent},
            i -> {
              long ahead = reverse ? i % extent - i / extent : i / extent - i % extent;
              return BatchCount.of(ahead >= shift ? 1 : 0);
            });
    Value front = g.transpose(g.cast(x, ElementType.FLOAT), order);
    List<Dim> dims = front.shape().dims();
    Dim others = new Shape(dims.subList(1, rank)).elements();
    Value columns = g.reshape(front, new Shape(List.of(dims.get(0), others)));
    Value sums = g.reshape(g.matMul(g.constant(sides.tensor()), columns), front.shape());
    return g.cast(g.transpose(sums, Axes.inverse(order)), x.type());
  }

  private static Value triangle(OperatorCall call) {
    Value x = call.live(0);
    int rank = x.shape().rank();
    long[] extents = {x.shape().extent(rank - 2), x.shape().extent(rank - 1)};
    Constant kept =
        Constant.of(ElementType.BOOL, extents, i -> BatchCount.of(keeps(call, extents, i) ? 1 : 0));
    return call.g().where(call.g().constant(kept.tensor()), x, call.g().zerosLike(x));
  }

  private static Constant knownTriangle(OperatorCall call) {
    Constant x = call.known(0);
    long[] own = x.extents();
    long[] extents = {own[own.length - 2], own[own.length - 1]};
    return Constant.of(x.type(), own, i -> keeps(call, extents, i) ? x.at(i) : BatchCount.of(0));
  }

  /** Whether an element of a matrix lies on the side of the diagonal that is asked for. */
  private static boolean keeps(OperatorCall call, long[] extents, int element) {
    long diagonal = call.has(1) ? (long) call.known(1).number() : 0;
    long column = element % extents[1];
    long row = element / extents[1] % extents[0];
    boolean upper = call.attributes().flag("upper", true);
    return upper ? column - row >= diagonal : column - row <= diagonal;
  }
}
