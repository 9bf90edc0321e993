package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is multiplied: {@code y = alpha * a b} for each pair of matrices.
 *
 * @param result extents of y as ONNX has them
 */
public record ProductShape(Matrices a, Matrices b, float alpha, List<Long> result) {

  /**
   * How a node reads its inputs.
   *
   * @param a whether rows and columns of a are swapped
   * @param firstOfA whether a's first axis is that of its rows
   */
  record Reading(boolean a, boolean b, boolean firstOfA, boolean firstOfB, float alpha) {

    static Reading of(NodeAttributes node) {
      return new Reading(
          node.whole("transA", 0) != 0,
          node.whole("transB", 0) != 0,
          node.whole("transBatchA", 0) != 0,
          node.whole("transBatchB", 0) != 0,
          node.number("alpha", 1));
    }
  }

  /** Of two matrices. */
  public static ProductShape of(Matrices a, Matrices b) {
    return new ProductShape(a, b, 1, List.of(a.rows(), b.columns()));
  }

  /** The same product of two matrices with rows and columns of the result swapped. */
  ProductShape turned() {
    return new ProductShape(b.turned(), a.turned(), alpha, List.of(b.columns(), a.rows()));
  }

  /**
   * @throws IllegalArgumentException if they do not go together
   */
  static ProductShape of(List<Long> a, List<Long> b, Reading reading) {
    Matrices left = matrices(a, true, reading.a(), reading.firstOfA());
    Matrices right = matrices(b, false, reading.b(), reading.firstOfB());
    if (left.columns() != right.rows()) {
      throw new IllegalArgumentException(
          "matrices %s and %s do not go together".formatted(left.extents(), right.extents()));
    }
    List<Long> result = spread(left.batch(), right.batch());
    if (a.size() > 1) {
      result.add(left.rows());
    }
    if (b.size() > 1) {
      result.add(right.columns());
    }
    return joined(left, right, reading, List.copyOf(result));
  }

  /** With as few axes as can be. */
  private static ProductShape joined(
      Matrices left, Matrices right, Reading reading, List<Long> result) {
    boolean inOrder = !reading.firstOfA() && !reading.firstOfB();
    if (inOrder && !reading.a() && right.extents().size() == 2) {
      long rows = left.batch().stream().reduce(left.rows(), (p, q) -> p * q);
      Matrices stacked = Matrices.plain(List.of(rows, left.columns()));
      return new ProductShape(stacked, right, reading.alpha(), result);
    }
    if (inOrder && left.batch().equals(right.batch()) && !left.batch().isEmpty()) {
      return new ProductShape(left.numbered(), right.numbered(), reading.alpha(), result);
    }
    int rank = Math.max(left.extents().size(), right.extents().size());
    return new ProductShape(left.ofRank(rank), right.ofRank(rank), reading.alpha(), result);
  }

  private static Matrices matrices(
      List<Long> extents, boolean left, boolean turned, boolean firstIsRows) {
    if (extents.isEmpty()) {
      throw new IllegalArgumentException("needs matrices, got a number");
    }
    if (extents.size() == 1) {
      long length = extents.get(0);
      return Matrices.plain(left ? List.of(1L, length) : List.of(length, 1L));
    }
    Matrices plain = Matrices.plain(extents);
    Matrices moved = firstIsRows ? plain.withFirstAxisAsRows() : plain;
    return turned ? moved.turned() : moved;
  }

  private static List<Long> spread(List<Long> a, List<Long> b) {
    int rank = Math.max(a.size(), b.size());
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      long of = i < rank - a.size() ? 1 : a.get(i - rank + a.size());
      long with = i < rank - b.size() ? 1 : b.get(i - rank + b.size());
      if (of != with && of != 1 && with != 1) {
        throw new IllegalArgumentException(
            "%s matrices and %s matrices do not go together".formatted(a, b));
      }
      all.add(of == 1 ? with : of);
    }
    return all;
  }

  /** The results, in as many axes as a and b have. */
  Matrices y() {
    List<Long> extents = spread(a.batch(), b.batch());
    extents.add(a.rows());
    extents.add(b.columns());
    return Matrices.plain(extents);
  }

  /** Numbers that are added up for one of the result. */
  long depth() {
    return a.columns();
  }

  /** Products of numbers. */
  long work() {
    return y().extents().stream().reduce(depth(), (p, q) -> p * q);
  }

  boolean isOneMatrix() {
    return a.extents().size() == 2;
  }
}
