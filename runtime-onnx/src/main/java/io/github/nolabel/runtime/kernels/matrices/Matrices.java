package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * A tensor as matrices: the last two axes are rows and columns, those before them number matrices.
 *
 * @param strides elements from one to the next along each axis
 */
public record Matrices(List<Long> extents, List<Long> strides) {

  public Matrices {
    extents = List.copyOf(extents);
    strides = List.copyOf(strides);
  }

  /** One after the other, row by row. */
  public static Matrices plain(List<Long> extents) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = extents.size() - 1; axis >= 0; axis--) {
      strides.add(0, stride);
      stride *= extents.get(axis);
    }
    return new Matrices(extents, strides);
  }

  /** The same numbers with rows and columns swapped. */
  public Matrices turned() {
    return new Matrices(swapped(extents), swapped(strides));
  }

  /** Whether what follows each other lies in a column. */
  boolean isTurned() {
    return strides.get(strides.size() - 1) > 1;
  }

  /** The first axis becomes that of rows, those after it move forward. */
  Matrices withFirstAxisAsRows() {
    return new Matrices(moved(extents), moved(strides));
  }

  private static List<Long> swapped(List<Long> list) {
    List<Long> swapped = new ArrayList<>(list);
    Collections.swap(swapped, list.size() - 1, list.size() - 2);
    return swapped;
  }

  private static List<Long> moved(List<Long> list) {
    List<Long> moved = new ArrayList<>(list);
    moved.add(list.size() - 2, moved.remove(0));
    return moved;
  }

  /** Extents before rows and columns. */
  List<Long> batch() {
    return extents.subList(0, extents.size() - 2);
  }

  long rows() {
    return extents.get(extents.size() - 2);
  }

  long columns() {
    return extents.get(extents.size() - 1);
  }

  /** The same matrices with axes of one before them. */
  Matrices ofRank(int rank) {
    List<Long> wide = new ArrayList<>(Collections.nCopies(rank - extents.size(), 1L));
    List<Long> far = new ArrayList<>(wide);
    wide.addAll(extents);
    far.addAll(strides);
    return new Matrices(wide, far);
  }

  /** The same matrices numbered by one axis, if they lie one after the other. */
  Matrices numbered() {
    long count = batch().stream().reduce(1L, (a, b) -> a * b);
    long stride = strides.get(extents.size() - 3);
    return new Matrices(
        List.of(count, rows(), columns()),
        List.of(stride, strides.get(extents.size() - 2), strides.get(extents.size() - 1)));
  }

  /** So much of this axis; one that is spread over others stays one. */
  Matrices part(int axis, long size) {
    List<Long> cut = new ArrayList<>(extents);
    cut.set(axis, Math.min(extents.get(axis), size));
    return new Matrices(cut, strides);
  }

  /** Elements before this place of an axis; none where it is spread over others. */
  long offset(int axis, long begin) {
    return extents.get(axis) == 1 ? 0 : begin * strides.get(axis);
  }

  memory.desc in(memory.data_type type) {
    return new memory.desc(OneDnn.list(extents), type, OneDnn.list(strides));
  }
}
