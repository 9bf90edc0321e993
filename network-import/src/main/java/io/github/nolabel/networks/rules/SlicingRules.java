package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** Cutting, joining and looking up. */
final class SlicingRules {

  private SlicingRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .live("Concat", SlicingRules::concat)
        .live("Slice", SlicingRules::slice)
        .live("Gather", SlicingRules::gather)
        .rule("Split", SlicingRules::split);
  }

  /** A part that was exported for one image is repeated for each image of the batch. */
  private static Value concat(OperatorCall call) {
    List<Value> parts = new ArrayList<>(call.allLive(WeightUse.DATA));
    int axis = Axes.single(call, 0, parts.get(0).shape().rank());
    Dim batch = call.setting().batch();
    boolean batched = parts.stream().anyMatch(p -> p.shape().dim(0).equals(batch));
    if (axis != 0 && batched) {
      parts.replaceAll(part -> LayoutRules.stretched(call, part, 0, batch));
    }
    return call.g().concat(axis, parts);
  }

  private static Value slice(OperatorCall call) {
    Value result = call.live(0, WeightUse.LAYOUT);
    LongStream extents =
        result.shape().dims().stream().mapToLong(d -> d.isFixed() ? d.fixed() : Long.MAX_VALUE / 4);
    for (Axes.Range range : Axes.ranges(call, extents)) {
      result = cut(call, result, range);
    }
    return result;
  }

  private static Value cut(OperatorCall call, Value x, Axes.Range range) {
    if (!x.shape().dim(range.axis()).isFixed()) {
      boolean everything = range.start() == 0 && range.step() == 1 && range.end() > 1L << 30;
      if (everything) {
        return x;
      }
      throw call.refuse("it cuts the batch", "Each image must be treated alike.");
    }
    return range.step() > 0
        ? call.g().slice(x, range.axis(), range.start(), range.end(), range.step())
        : rows(call.g(), x, range.axis(), places(range));
  }

  private static Constant places(Axes.Range range) {
    long[] extents = {range.count()};
    return Constant.of(
        ElementType.INT64, extents, i -> BatchCount.of(range.start() + i * (double) range.step()));
  }

  private static Value gather(OperatorCall call) {
    Value x = call.live(0, WeightUse.TABLE);
    if (call.item(1) instanceof FileValue.Live places) {
      return looked(call, x, places.value());
    }
    Constant indices = call.known(1);
    int axis = Axes.single(call, 0, x.shape().rank());
    if (axis == 0 && !x.shape().dim(0).isFixed()) {
      return PlacesWithin.gather(call, x, indices);
    }
    if (!x.shape().dim(axis).isFixed()) {
      throw call.refuse("it picks single images of the batch", "Each image must be treated alike.");
    }
    long extent = x.shape().extent(axis);
    Constant places =
        Constant.of(
            ElementType.INT64,
            indices.extents(),
            i -> BatchCount.of((double) place(call, (long) indices.at(i).fixed(), extent)));
    if (places.size() == 1 && places.rank() <= 1) {
      long place = (long) places.at(0).fixed();
      Value one = call.g().slice(x, axis, place, place + 1);
      return places.rank() == 0 ? call.g().squeeze(one, axis) : one;
    }
    return places.rank() > 1 && axis > 0
        ? innerTable(call.g(), x, axis, places)
        : rows(call.g(), x, axis, places);
  }

  private static long place(OperatorCall call, long index, long extent) {
    if (index < -extent || index >= extent) {
      throw call.refuse(
          "it picks number %d of %d".formatted(index, extent), "The file is damaged.");
    }
    return index < 0 ? index + extent : index;
  }

  /**
   * Rows by what is fed, such as tokens; masks are looked up by image and place; views with strides
   * are numbers of all images in one row, at places counted per image.
   */
  private static Value looked(OperatorCall call, Value table, Value places) {
    boolean strided =
        table.shape().rank() == 1 && places.shape().dim(0).equals(call.setting().batch());
    boolean rows = strided || table.shape().dim(0).isFixed() || table.type() != ElementType.FLOAT;
    if (Axes.single(call, 0, table.shape().rank()) != 0 || !rows) {
      throw call.refuse("it looks up by another axis than the first", "Look up rows of a table.");
    }
    return call.g().gather(table, places);
  }

  /** The axis becomes those of the indices. */
  static Value innerTable(Ops g, Value x, int axis, Constant places) {
    long[] flat = {places.size()};
    Value picked = rows(g, x, axis, places.select(flat, i -> i));
    List<Dim> dims = new ArrayList<>(picked.shape().dims());
    dims.remove(axis);
    dims.addAll(axis, LongStream.of(places.extents()).mapToObj(Dim::of).toList());
    return g.reshape(picked, new Shape(dims));
  }

  static Value rows(Ops g, Value x, int axis, Constant places) {
    Value indices = g.constant(places.tensor());
    if (axis == 0) {
      return g.gather(x, indices);
    }
    int[] front = Axes.toFront(axis, x.shape().rank());
    return g.transpose(g.gather(g.transpose(x, front), indices), Axes.inverse(front));
  }

  private static List<FileValue> split(OperatorCall call) {
    Value x = call.live(0);
    int axis = Axes.single(call, 0, x.shape().rank());
    long extent = x.shape().extent(axis);
    int count = call.outputCount();
    long even = (extent + count - 1) / count;
    List<Long> pieces =
        call.attributes()
            .integers("split", 1)
            .orElseGet(() -> new ArrayList<>(Collections.nCopies(count, even)));
    long excess = pieces.stream().mapToLong(Long::longValue).sum() - extent;
    long[] extents = pieces.stream().mapToLong(Long::longValue).toArray();
    extents[extents.length - 1] -= excess;
    return call.g().split(x, axis, extents).stream().<FileValue>map(FileValue.Live::new).toList();
  }
}
