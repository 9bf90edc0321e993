package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.List;

/** Reading and writing by index; indices are int64 and carry no gradient. */
public sealed interface IndexingOps extends Emitter permits Ops {

  /**
   * Rows {@code indices} of {@code table}, such as an embedding: {@code [K, D], [...] -> [..., D]}.
   */
  default Value gather(Value table, Value indices) {
    List<Dim> dims = new ArrayList<>(indices.shape().dims());
    dims.addAll(table.shape().dims().subList(1, table.shape().rank()));
    return emit("Gather", table.type(), new Shape(dims), Attributes.of("axis", 0L), table, indices);
  }

  /** One element per index along {@code axis}; the result has the indices' shape. */
  default Value gatherElements(Value x, Value indices, int axis) {
    Shapes.requireSameRank("GatherElements", x.shape(), indices.shape());
    Attributes attributes = Attributes.of("axis", Shapes.axis("GatherElements", x.shape(), axis));
    return emit("GatherElements", x.type(), indices.shape(), attributes, x, indices);
  }

  /**
   * {@code data} with {@code updates} added at {@code indices} along {@code axis}; repeats add up.
   */
  default Value scatterAdd(Value data, Value indices, Value updates, int axis) {
    return scatter("add", data, indices, updates, axis);
  }

  /**
   * {@code data} with {@code updates} put at {@code indices} along {@code axis}; no index repeats.
   */
  default Value scatter(Value data, Value indices, Value updates, int axis) {
    return scatter("none", data, indices, updates, axis);
  }

  private Value scatter(String reduction, Value data, Value indices, Value updates, int axis) {
    Shapes.requireSameRank("ScatterElements", data.shape(), indices.shape());
    if (!indices.shape().equals(updates.shape())) {
      throw new ShapeMismatchException(
          "ScatterElements", indices.shape(), updates.shape(), "each update needs one index");
    }
    Attributes attributes =
        Attributes.of("axis", Shapes.axis("ScatterElements", data.shape(), axis))
            .with("reduction", reduction);
    return emit("ScatterElements", data.type(), data.shape(), attributes, data, indices, updates);
  }

  /**
   * The {@code k} largest elements along an axis of fixed extent, descending; of equal ones the
   * first in the axis comes first.
   *
   * @return the values, then their places in {@code axis}, int64; both with extent k there
   */
  default List<Value> topK(Value x, long k, int axis) {
    int along = Shapes.axis("TopK", x.shape(), axis);
    if (k < 1 || k > x.shape().extent(along)) {
      throw new ShapeMismatchException("TopK", x.shape(), k + " of axis " + along);
    }
    return topK(x, along, Dim.of(k), k);
  }

  /** {@link #topK} of all elements of an axis, however many there are. */
  default List<Value> sorted(Value x, int axis) {
    int along = Shapes.axis("TopK", x.shape(), axis);
    return topK(x, along, x.shape().dim(along), 0);
  }

  /** Of so many elements; {@code k} is 0 for all. */
  private List<Value> topK(Value x, int axis, Dim count, long k) {
    Shape shape = Shapes.with(x.shape(), axis, count);
    List<Ops.Output> results =
        List.of(
            new Ops.Output("largest", x.type(), shape),
            new Ops.Output("indices", ElementType.INT64, shape));
    return emit("TopK", List.of(x), results, Attributes.of("axis", axis).with("k", k));
  }

  /** The flat shape {@code [elements]} of a value. */
  static Shape flat(Value x) {
    return new Shape(List.of(x.shape().elements()));
  }
}
