package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.List;

/** Comparisons, choices and counts: nothing here carries a gradient but the branches of where. */
public sealed interface LogicOps extends Emitter permits Ops, RandomOps {

  default Value equal(Value a, Value b) {
    return comparison("Equal", a, b);
  }

  default Value less(Value a, Value b) {
    return comparison("Less", a, b);
  }

  default Value greater(Value a, Value b) {
    return comparison("Greater", a, b);
  }

  default Value and(Value a, Value b) {
    return comparison("And", a, b);
  }

  default Value or(Value a, Value b) {
    return comparison("Or", a, b);
  }

  default Value not(Value a) {
    return emit("Not", ElementType.BOOL, a.shape(), Attributes.NONE, a);
  }

  default Value isNaN(Value x) {
    return emit("IsNaN", ElementType.BOOL, x.shape(), Attributes.NONE, x);
  }

  default Value isInf(Value x) {
    return emit("IsInf", ElementType.BOOL, x.shape(), Attributes.NONE, x);
  }

  /** Takes {@code a} where the condition holds and {@code b} elsewhere; all three broadcast. */
  default Value where(Value condition, Value a, Value b) {
    Shape branches = Shapes.broadcast("Where", a.shape(), b.shape());
    Shape shape = Shapes.broadcast("Where", condition.shape(), branches);
    return emit("Where", a.type(), shape, Attributes.NONE, condition, a, b);
  }

  default Value cast(Value x, ElementType type) {
    return emit("Cast", type, x.shape(), Attributes.of("to", type.onnxCode()), x);
  }

  /** The number of elements of {@code x} as a float[] scalar, known only at run time. */
  default Value elementCount(Value x) {
    return emit("ElementCount", Shape.of(), Attributes.NONE, x);
  }

  /** {@code 0, 1, 2, ...} as int64, one per row (first axis) of {@code x}. */
  default Value rowNumbers(Value x) {
    Shape rows = new Shape(List.of(x.shape().dim(0)));
    return emit("RowNumbers", ElementType.INT64, rows, Attributes.NONE, x);
  }

  /** {@code 0, 1, ..., count - 1} as int64[count]. */
  default Value numbers(long count) {
    Attributes attributes = Attributes.of("count", count);
    return emit("Numbers", ElementType.INT64, Shape.of(count), attributes);
  }

  /** {@code bool[n, n]} for the n rows of {@code x}: true on the diagonal. */
  default Value diagonal(Value x) {
    Dim rows = x.shape().dim(0);
    Value numbers = rowNumbers(x);
    Value column =
        emit(
            "Unsqueeze",
            ElementType.INT64,
            new Shape(List.of(rows, Dim.of(1))),
            Attributes.NONE.withAll("axes", 1),
            numbers);
    return equal(column, numbers);
  }

  private Value comparison(String op, Value a, Value b) {
    Shape shape = Shapes.broadcast(op, a.shape(), b.shape());
    return emit(op, ElementType.BOOL, shape, Attributes.NONE, a, b);
  }
}
