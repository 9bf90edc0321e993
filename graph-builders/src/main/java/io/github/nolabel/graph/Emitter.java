package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.List;

/** Appends nodes; the operator families of {@link Ops} stand on it. */
public interface Emitter {

  /** Appends a node with any number of results. */
  List<Value> emit(
      String op, List<Value> operands, List<Ops.Output> results, Attributes attributes);

  /** Appends a node with one result. */
  default Value emit(
      String op, ElementType type, Shape shape, Attributes attributes, Value... operands) {
    return emit(op, List.of(operands), List.of(new Ops.Output("", type, shape)), attributes).get(0);
  }

  /** Appends a node with one float result. */
  default Value emit(String op, Shape shape, Attributes attributes, Value... operands) {
    return emit(op, ElementType.FLOAT, shape, attributes, operands);
  }
}
