package io.github.nolabel.api.train;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor with something of every image of a batch, which can be put together from parts of the
 * batch, and taken apart.
 *
 * @param spec with one axis that depends on the batch size
 * @param blocks how often the whole batch follows itself along that axis: 2 for two views that were
 *     joined
 * @param moved whether a loss has a gradient with respect to it
 */
public record JointRows(TensorSpec spec, long blocks, boolean moved) {

  public String name() {
    return spec.name();
  }

  /** The tensor of all images of the parts, in their order. */
  public Tensor join(List<Tensor> parts) {
    long images = parts.stream().mapToLong(this::images).sum();
    Tensor whole = Tensor.zeros(spec.type(), spec.shape().at(images));
    ByteBuffer into = whole.bytes();
    int outer = outer();
    for (int i = 0; i < outer; i++) {
      for (Tensor part : parts) {
        int length = part.bytes().capacity() / outer;
        into.put(part.bytes().slice(i * length, length));
      }
    }
    return whole;
  }

  /** The tensor of {@code count} images, from {@code first} on. */
  public Tensor part(Tensor whole, long first, long count) {
    Tensor part = Tensor.zeros(spec.type(), spec.shape().at(count));
    int outer = outer();
    long bytes = whole.bytes().capacity() / outer / images(whole);
    int stride = whole.bytes().capacity() / outer;
    ByteBuffer into = part.bytes();
    for (int i = 0; i < outer; i++) {
      int begin = Math.toIntExact(i * (long) stride + first * bytes);
      into.put(whole.bytes().slice(begin, Math.toIntExact(count * bytes)));
    }
    return part;
  }

  private long images(Tensor tensor) {
    int axis = axis();
    return tensor.shape().extent(axis) / spec.shape().dim(axis).perSample();
  }

  /** How many runs of neighbouring images the tensor has. */
  private int outer() {
    List<Dim> before = spec.shape().dims().subList(0, axis());
    return Math.toIntExact(
        before.stream().mapToLong(Dim::extent).reduce(blocks, Math::multiplyExact));
  }

  private int axis() {
    int axis = 0;
    while (spec.shape().dim(axis).isFixed()) {
      axis++;
    }
    return axis;
  }
}
