package io.github.nolabel.testing;

/** Row-major index arithmetic. */
final class Index {

  private Index() {}

  static int size(int[] shape) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    return size;
  }

  /** Coordinates of a flat index. */
  static int[] coordinates(int flat, int[] shape) {
    int[] at = new int[shape.length];
    int rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return at;
  }

  static int flat(int[] at, int[] shape) {
    int flat = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      flat = flat * shape[axis] + at[axis];
    }
    return flat;
  }

  /** Where the element at {@code flat} of {@code wide} comes from in {@code narrow}. */
  static int broadcast(int flat, int[] wide, int[] narrow) {
    int[] at = coordinates(flat, wide);
    int[] own = new int[narrow.length];
    for (int axis = 0; axis < narrow.length; axis++) {
      own[axis] = narrow[axis] == 1 ? 0 : at[axis + wide.length - narrow.length];
    }
    return flat(own, narrow);
  }

  /** The shape two operands meet in. */
  static int[] broadcast(int[] a, int[] b) {
    int[] shape = new int[Math.max(a.length, b.length)];
    for (int axis = 1; axis <= shape.length; axis++) {
      int left = axis <= a.length ? a[a.length - axis] : 1;
      int right = axis <= b.length ? b[b.length - axis] : 1;
      shape[shape.length - axis] = left == 1 ? right : left;
    }
    return shape;
  }

  static int[] with(int[] values, int position, int value) {
    int[] copy = values.clone();
    copy[position] = value;
    return copy;
  }
}
