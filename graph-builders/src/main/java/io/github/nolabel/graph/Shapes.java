package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shape arithmetic shared by shape inference and gradients. */
public final class Shapes {

  private static final Dim ONE = Dim.of(1);

  private Shapes() {}

  /** NumPy broadcasting of two shapes. */
  public static Shape broadcast(String op, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Dim left = aligned(a, axis, rank);
      Dim right = aligned(b, axis, rank);
      if (!left.equals(right) && !left.equals(ONE) && !right.equals(ONE)) {
        throw new ShapeMismatchException(
            op, a, b, "axis %d is %s on the left and %s on the right".formatted(axis, left, right));
      }
      dims.add(left.equals(ONE) ? right : left);
    }
    return new Shape(dims);
  }

  /** The axes of {@code wide} over which {@code narrow} was broadcast to reach it. */
  public static List<Integer> broadcastAxes(Shape narrow, Shape wide) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < wide.rank(); axis++) {
      boolean missing = axis < wide.rank() - narrow.rank();
      boolean stretched =
          aligned(narrow, axis, wide.rank()).equals(ONE) && !wide.dim(axis).equals(ONE);
      if (missing || stretched) {
        axes.add(axis);
      }
    }
    return Collections.unmodifiableList(axes);
  }

  /** The shape with some axes reduced: to extent one, or away. Negative axes count from the end. */
  static Shape reduced(Shape shape, List<Long> axes, boolean keepDims) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains((long) axis)) {
        dims.add(shape.dim(axis));
      } else if (keepDims) {
        dims.add(ONE);
      }
    }
    return new Shape(dims);
  }

  /** Whether two shapes have the same rank and differ in one axis at most. */
  static boolean equalBut(int axis, Shape a, Shape b) {
    return a.rank() == b.rank() && with(b, axis, a.dim(axis)).equals(a);
  }

  static void requireSameRank(String op, Shape data, Shape indices) {
    if (data.rank() != indices.rank()) {
      throw new ShapeMismatchException(op, data, indices, "both need the same number of axes");
    }
  }

  static Shape with(Shape shape, int axis, Dim dim) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.set(axis, dim);
    return new Shape(dims);
  }

  /** A non-negative axis. */
  static int axis(String op, Shape shape, int axis) {
    int positive = axis < 0 ? axis + shape.rank() : axis;
    if (positive < 0 || positive >= shape.rank()) {
      throw new ShapeMismatchException(op, shape, "it has no axis " + axis);
    }
    return positive;
  }

  static List<Long> axes(String op, Shape shape, int... axes) {
    return java.util.Arrays.stream(axes).mapToObj(a -> (long) axis(op, shape, a)).sorted().toList();
  }

  private static Dim aligned(Shape shape, int axis, int rank) {
    int own = axis - (rank - shape.rank());
    return own < 0 ? ONE : shape.dim(own);
  }
}
