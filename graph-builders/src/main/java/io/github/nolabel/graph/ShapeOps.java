package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move elements around and keep their values. */
public sealed interface ShapeOps extends Emitter permits Ops, RandomOps {

  /** The same elements in row-major order; at most one axis may depend on the batch size. */
  default Value reshape(Value x, Shape shape) {
    if (!x.shape().elements().equals(shape.elements())) {
      throw new ShapeMismatchException(
          "Reshape", x.shape(), shape, "the numbers of elements differ");
    }
    if (x.shape().equals(shape)) {
      return x;
    }
    List<Long> target = shape.dims().stream().map(d -> d.isFixed() ? d.fixed() : -1L).toList();
    return emit("Reshape", x.type(), shape, Attributes.of("shape", target), x);
  }

  /** Keeps axis 0 and joins the others: {@code [N, a, b] -> [N, a b]}. */
  default Value flatten(Value x) {
    Shape rest = new Shape(x.shape().dims().subList(1, x.shape().rank()));
    return reshape(x, new Shape(List.of(x.shape().dim(0), rest.elements())));
  }

  /** Axis {@code i} of the result is axis {@code permutation[i]} of {@code x}. */
  default Value transpose(Value x, int... permutation) {
    int[] sorted = Arrays.stream(permutation).sorted().toArray();
    if (!Arrays.equals(sorted, IntStream.range(0, x.shape().rank()).toArray())) {
      throw new ShapeMismatchException(
          "Transpose",
          x.shape(),
          "the permutation " + Arrays.toString(permutation) + " does not name each axis once");
    }
    List<Dim> dims = Arrays.stream(permutation).mapToObj(axis -> x.shape().dim(axis)).toList();
    List<Long> axes = Arrays.stream(permutation).mapToObj(axis -> (long) axis).toList();
    return emit("Transpose", x.type(), new Shape(dims), Attributes.of("perm", axes), x);
  }

  /** Swaps the last two axes. */
  default Value transposeMatrix(Value x) {
    int rank = x.shape().rank();
    int[] permutation = IntStream.range(0, rank).toArray();
    permutation[rank - 2] = rank - 1;
    permutation[rank - 1] = rank - 2;
    return transpose(x, permutation);
  }

  default Value concat(int axis, Value... parts) {
    return concat(axis, List.of(parts));
  }

  default Value concat(int axis, List<Value> parts) {
    Value first = parts.get(0);
    int along = Shapes.axis("Concat", first.shape(), axis);
    for (Value part : parts) {
      if (!Shapes.equalBut(along, first.shape(), part.shape())) {
        throw new ShapeMismatchException(
            "Concat", first.shape(), part.shape(), "only axis " + along + " may differ");
      }
    }
    Dim total = parts.stream().map(p -> p.shape().dim(along)).reduce(Dim.of(0), Dim::plus);
    Shape shape = Shapes.with(first.shape(), along, total);
    List<Ops.Output> result = List.of(new Ops.Output("", first.type(), shape));
    return emit("Concat", parts, result, Attributes.of("axis", along)).get(0);
  }

  /** Cuts {@code axis} into pieces of the given fixed extents. */
  default List<Value> split(Value x, int axis, long... extents) {
    int along = Shapes.axis("Split", x.shape(), axis);
    if (x.shape().extent(along) != Arrays.stream(extents).sum()) {
      throw new ShapeMismatchException(
          "Split", x.shape(), "pieces " + Arrays.toString(extents) + " do not fill axis " + along);
    }
    List<Ops.Output> results = new ArrayList<>();
    for (long extent : extents) {
      Shape shape = Shapes.with(x.shape(), along, Dim.of(extent));
      results.add(new Ops.Output("part_" + (results.size() + 1), x.type(), shape));
    }
    Attributes attributes = Attributes.of("axis", along).withAll("split", extents);
    return emit("Split", List.of(x), results, attributes);
  }

  /** Cuts {@code axis} into pieces as long as those of {@code likes}, whatever the batch size. */
  default List<Value> splitLike(Value x, int axis, List<Value> likes) {
    int along = Shapes.axis("SplitLike", x.shape(), axis);
    Dim total = likes.stream().map(l -> l.shape().dim(along)).reduce(Dim.of(0), Dim::plus);
    if (!total.equals(x.shape().dim(along))) {
      throw new ShapeMismatchException(
          "SplitLike", x.shape(), "the pieces' extents add up to " + total);
    }
    List<Value> operands = new ArrayList<>(List.of(x));
    operands.addAll(likes);
    List<Ops.Output> results = new ArrayList<>();
    for (Value like : likes) {
      Shape shape = Shapes.with(x.shape(), along, like.shape().dim(along));
      results.add(new Ops.Output("part_" + (results.size() + 1), x.type(), shape));
    }
    return emit("SplitLike", operands, results, Attributes.of("axis", along));
  }

  /** Elements {@code start, start + step, ...} below {@code end} of a fixed axis. */
  default Value slice(Value x, int axis, long start, long end, long step) {
    int along = Shapes.axis("Slice", x.shape(), axis);
    long extent = x.shape().extent(along);
    if (start < 0 || end > extent || start >= end || step < 1) {
      throw new ShapeMismatchException(
          "Slice", x.shape(), "[%d, %d) by %d on axis %d".formatted(start, end, step, along));
    }
    Shape shape = Shapes.with(x.shape(), along, Dim.of((end - start + step - 1) / step));
    Attributes attributes =
        Attributes.of("axis", along).with("start", start).with("end", end).with("step", step);
    return emit("Slice", x.type(), shape, attributes, x);
  }

  default Value slice(Value x, int axis, long start, long end) {
    return slice(x, axis, start, end, 1);
  }

  /** Broadcasts to the shape of {@code like}. */
  default Value expandLike(Value x, Value like) {
    if (x.shape().equals(like.shape())) {
      return x;
    }
    if (!Shapes.broadcast("Expand", x.shape(), like.shape()).equals(like.shape())) {
      throw new ShapeMismatchException("Expand", x.shape(), like.shape(), "the target is smaller");
    }
    return emit("ExpandLike", x.type(), like.shape(), Attributes.NONE, x, like);
  }

  /** Repeats {@code x} along each axis. */
  default Value tile(Value x, long... repeats) {
    if (repeats.length != x.shape().rank()) {
      throw new ShapeMismatchException("Tile", x.shape(), "needs one repeat per axis");
    }
    List<Dim> dims =
        IntStream.range(0, repeats.length)
            .mapToObj(axis -> x.shape().dim(axis).times(repeats[axis]))
            .toList();
    return emit("Tile", x.type(), new Shape(dims), Attributes.NONE.withAll("repeats", repeats), x);
  }

  /** Puts zeros around; {@code before} and {@code after} have one count per axis. */
  default Value pad(Value x, List<Long> before, List<Long> after) {
    if (before.size() != x.shape().rank() || after.size() != x.shape().rank()) {
      throw new ShapeMismatchException(
          "Pad", x.shape(), "needs one count before and after per axis");
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      dims.add(x.shape().dim(axis).plus(Dim.of(before.get(axis) + after.get(axis))));
    }
    List<Long> pads = new ArrayList<>(before);
    pads.addAll(after);
    return emit("Pad", x.type(), new Shape(dims), Attributes.of("pads", pads), x);
  }

  /** Drops axes of extent one. */
  default Value squeeze(Value x, int... axes) {
    List<Long> dropped = Shapes.axes("Squeeze", x.shape(), axes);
    for (long axis : dropped) {
      if (!x.shape().dim((int) axis).equals(Dim.of(1))) {
        throw new ShapeMismatchException("Squeeze", x.shape(), "axis " + axis + " is not 1");
      }
    }
    Shape shape = Shapes.reduced(x.shape(), dropped, false);
    return emit("Squeeze", x.type(), shape, Attributes.of("axes", dropped), x);
  }

  /** Inserts axes of extent one at the given places of the result, ascending and not negative. */
  default Value unsqueeze(Value x, int... axes) {
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    for (int axis : axes) {
      if (axis < 0 || axis > dims.size()) {
        throw new ShapeMismatchException("Unsqueeze", x.shape(), "the result has no axis " + axis);
      }
      dims.add(axis, Dim.of(1));
    }
    List<Long> inserted = Arrays.stream(axes).mapToObj(axis -> (long) axis).toList();
    return emit("Unsqueeze", x.type(), new Shape(dims), Attributes.of("axes", inserted), x);
  }
}
