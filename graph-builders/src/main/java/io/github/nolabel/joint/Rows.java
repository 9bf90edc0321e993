package io.github.nolabel.joint;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the images of a batch lie in a value: along {@code axis}, which is {@code blocks} times the
 * batch one after the other, with {@code inner} places per image in each.
 *
 * @param axis the only one that depends on the batch size
 * @param blocks such as 2 for two views joined along the batch axis
 * @param inner such as the tokens of an image, where they were joined with the batch
 */
record Rows(int axis, long blocks, long inner) {

  /** Of an input: one place per image along the first axis. */
  static Optional<Rows> ofInput(Value input) {
    Shape shape = input.shape();
    boolean plain = batchAxis(shape) == 0 && shape.dim(0).equals(Dim.BATCH);
    return plain ? Optional.of(new Rows(0, 1, 1)) : Optional.empty();
  }

  /** The only axis that depends on the batch size, and on nothing else; -1 if there is none. */
  static int batchAxis(Shape shape) {
    int[] axes =
        IntStream.range(0, shape.rank()).filter(axis -> !shape.dim(axis).isFixed()).toArray();
    return axes.length == 1 && shape.dim(axes[0]).fixed() == 0 ? axes[0] : -1;
  }

  /** The same images in a value of another shape, the order of which is the same. */
  Optional<Rows> in(Shape shape) {
    int there = batchAxis(shape);
    return there < 0 || shape.dim(there).perSample() != blocks * inner
        ? Optional.empty()
        : Optional.of(new Rows(there, blocks, inner));
  }

  /**
   * The same elements in row-major order with other axes.
   *
   * @param from the shape that this is about
   */
  Optional<Rows> reshaped(Shape from, Shape to) {
    int there = batchAxis(to);
    if (there < 0) {
      return Optional.empty();
    }
    long outer = blocks * extents(from.dims().subList(0, axis));
    long fewer = extents(to.dims().subList(0, there));
    long otherBlocks = outer / fewer;
    long perSample = to.dim(there).perSample();
    return outer % fewer != 0 || perSample % otherBlocks != 0
        ? Optional.empty()
        : Optional.of(new Rows(there, otherBlocks, perSample / otherBlocks));
  }

  /** How far the axis is from the last one. */
  int fromEnd(Shape shape) {
    return shape.rank() - axis;
  }

  private static long extents(List<Dim> dims) {
    return dims.stream().mapToLong(Dim::extent).reduce(1, Math::multiplyExact);
  }
}
