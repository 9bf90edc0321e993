package io.github.nolabel.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An immutable list of axes, printed as {@code [N, 3, 224, 224]}. */
public record Shape(List<Dim> dims) {

  public Shape {
    dims = List.copyOf(dims);
  }

  /** A shape known when the graph is built. No extents makes a scalar. */
  public static Shape of(long... extents) {
    return new Shape(fixed(extents).toList());
  }

  /** The batch axis {@code N}, then fixed extents. */
  public static Shape batched(long... extents) {
    return new Shape(Stream.concat(Stream.of(Dim.BATCH), fixed(extents)).toList());
  }

  public int rank() {
    return dims.size();
  }

  /** The axis at {@code axis}; negative axes count from the end. */
  public Dim dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** The extent of a fixed axis; negative axes count from the end. */
  public long extent(int axis) {
    return dim(axis).extent();
  }

  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /**
   * The number of elements, itself an extent.
   *
   * @throws IllegalStateException if two axes depend on the batch size
   */
  public Dim elements() {
    Dim product = Dim.of(1);
    for (Dim dim : dims) {
      product = dim.isFixed() ? product.times(dim.fixed()) : dim.times(product.extent());
    }
    return product;
  }

  /** The extents for batches of {@code batchSize}. */
  public long[] at(long batchSize) {
    return dims.stream().mapToLong(dim -> dim.at(batchSize)).toArray();
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Stream<Dim> fixed(long... extents) {
    return Arrays.stream(extents).mapToObj(Dim::of);
  }
}
