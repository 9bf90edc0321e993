package io.github.nolabel.imported.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.imported.table.Call;
import io.github.nolabel.imported.table.Count;
import io.github.nolabel.imported.table.ImportTable;
import io.github.nolabel.imported.table.Item;
import io.github.nolabel.imported.table.Known;
import java.util.List;
import java.util.Optional;

/** Operators that make constants, and those that look at shapes alone. */
final class ConstantFolds {

  private ConstantFolds() {}

  static void addTo(ImportTable.Builder table) {
    table
        .fold("Constant", ConstantFolds::constant)
        .fold("Range", ConstantFolds::range)
        .fold("Shape", ConstantFolds::shape)
        .fold("Size", ConstantFolds::size)
        .rule("Shape", call -> List.<Item>of(shape(call)))
        .rule("Size", call -> List.<Item>of(size(call)));
  }

  private static Known constant(Call call) {
    Optional<Tensor> tensor = call.attributes().tensor("value");
    if (tensor.isPresent()) {
      return Known.of(tensor.get());
    }
    if (call.attributes().has("value_int")) {
      return Known.scalar(ElementType.INT64, (double) call.attributes().integer("value_int", 0));
    }
    if (call.attributes().has("value_float")) {
      return Known.scalar(ElementType.FLOAT, call.attributes().number("value_float", 0));
    }
    return list(call);
  }

  private static Known list(Call call) {
    if (call.attributes().has("value_ints")) {
      List<Long> values = call.attributes().integers("value_ints");
      return vector(ElementType.INT64, values);
    }
    if (call.attributes().has("value_floats")) {
      return vector(ElementType.FLOAT, call.attributes().numbers("value_floats"));
    }
    throw call.refuse("a constant of this kind cannot be read", "Export numbers only.");
  }

  private static Known vector(ElementType type, List<? extends Number> values) {
    long[] extents = {values.size()};
    return Known.of(type, extents, i -> Count.of(values.get(i).doubleValue()));
  }

  static Known constantOfShape(Call call) {
    long[] extents = call.known(0).integers().stream().mapToLong(Long::longValue).toArray();
    Known value =
        call.attributes()
            .tensor("value")
            .map(Known::of)
            .orElseGet(() -> Known.scalar(ElementType.FLOAT, 0));
    return Known.of(value.type(), extents, i -> value.at(0));
  }

  private static Known range(Call call) {
    double start = call.known(0).number();
    double step = call.known(2).number();
    double count = Math.max(0, Math.ceil((call.known(1).number() - start) / step));
    long[] extents = {(long) count};
    return Known.of(call.known(0).type(), extents, i -> Count.of(start + i * step));
  }

  private static Known shape(Call call) {
    Shape shape = call.shape(0);
    int start = place(call.attributes().integer("start", 0), shape.rank());
    int end = place(call.attributes().integer("end", shape.rank()), shape.rank());
    return Known.integers(shape.dims().subList(start, Math.max(start, end)));
  }

  private static Known size(Call call) {
    Dim elements = call.shape(0).elements();
    return Known.of(
        ElementType.INT64, new long[0], i -> new Count(elements.fixed(), elements.perSample()));
  }

  private static int place(long place, int rank) {
    return (int) Math.max(0, Math.min(rank, place < 0 ? place + rank : place));
  }
}
