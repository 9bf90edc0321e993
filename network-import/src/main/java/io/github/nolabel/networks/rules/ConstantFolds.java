package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import java.util.List;
import java.util.Optional;

/** Operators that make constants, and those that look at shapes alone. */
final class ConstantFolds {

  private ConstantFolds() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .fold("Constant", ConstantFolds::constant)
        .rule("Range", call -> List.of(counted(call)))
        .fold("Shape", ConstantFolds::shape)
        .fold("Size", ConstantFolds::size)
        .rule("Shape", call -> List.<FileValue>of(shape(call)))
        .rule("Size", call -> List.<FileValue>of(size(call)));
  }

  private static Constant constant(OperatorCall call) {
    Optional<Tensor> tensor = call.attributes().tensor("value");
    if (tensor.isPresent()) {
      return Constant.of(tensor.get());
    }
    if (call.attributes().has("value_int")) {
      return Constant.scalar(ElementType.INT64, (double) call.attributes().integer("value_int", 0));
    }
    if (call.attributes().has("value_float")) {
      return Constant.scalar(ElementType.FLOAT, call.attributes().number("value_float", 0));
    }
    return list(call);
  }

  private static Constant list(OperatorCall call) {
    if (call.attributes().has("value_ints")) {
      List<Long> values = call.attributes().integers("value_ints");
      return vector(ElementType.INT64, values);
    }
    if (call.attributes().has("value_floats")) {
      return vector(ElementType.FLOAT, call.attributes().numbers("value_floats"));
    }
    throw call.refuse("a constant of this kind cannot be read", "Export numbers only.");
  }

  private static Constant vector(ElementType type, List<? extends Number> values) {
    long[] extents = {values.size()};
    return Constant.of(type, extents, i -> BatchCount.of(values.get(i).doubleValue()));
  }

  static Constant constantOfShape(OperatorCall call) {
    long[] extents = call.known(0).integers().stream().mapToLong(Long::longValue).toArray();
    Constant value = filling(call);
    return Constant.of(value.type(), extents, i -> value.at(0));
  }

  /** What a {@code ConstantOfShape} is full of, of the type that it says. */
  static Constant filling(OperatorCall call) {
    return call.attributes()
        .tensor("value")
        .map(Constant::of)
        .orElseGet(() -> Constant.scalar(ElementType.FLOAT, 0));
  }

  /** A constant, or the number of each text or image in the batch. */
  private static FileValue counted(OperatorCall call) {
    BatchCount end = call.known(1).at(0);
    boolean batch = end.fixed() == 0 && end.perSample() == call.setting().batch().perSample();
    return batch && call.known(0).number() == 0 && call.known(2).number() == 1
        ? new FileValue.Live(call.g().rowNumbers(call.setting().images()))
        : range(call);
  }

  private static Constant range(OperatorCall call) {
    double start = call.known(0).number();
    double step = call.known(2).number();
    double count = Math.max(0, Math.ceil((call.known(1).number() - start) / step));
    long[] extents = {(long) count};
    return Constant.of(call.known(0).type(), extents, i -> BatchCount.of(start + i * step));
  }

  private static Constant shape(OperatorCall call) {
    Shape shape = call.shape(0);
    int start = place(call.attributes().integer("start", 0), shape.rank());
    int end = place(call.attributes().integer("end", shape.rank()), shape.rank());
    return Constant.integers(shape.dims().subList(start, Math.max(start, end)));
  }

  private static Constant size(OperatorCall call) {
    Dim elements = call.shape(0).elements();
    return Constant.of(
        ElementType.INT64,
        new long[0],
        i -> new BatchCount(elements.fixed(), elements.perSample()));
  }

  private static int place(long place, int rank) {
    return (int) Math.max(0, Math.min(rank, place < 0 ? place + rank : place));
  }
}
