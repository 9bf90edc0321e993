package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

/**
 * Float tensors of zeros that lie in one piece of memory, as large as the largest of them: an
 * optimizer's moments begin so, and are twice as large as the network.
 */
final class Zeros {

  static final Zeros SHARED = new Zeros();

  private WeakReference<ByteBuffer> memory = new WeakReference<>(null);

  private Zeros() {}

  /** Cannot be written to. */
  Tensor tensor(Shape shape) {
    int bytes = Math.toIntExact(shape.elements().extent() * Float.BYTES);
    return Tensor.wrap(ElementType.FLOAT, atLeast(bytes).slice(0, bytes), shape.at(0));
  }

  private synchronized ByteBuffer atLeast(int bytes) {
    ByteBuffer zeros = memory.get();
    if (zeros == null || zeros.capacity() < bytes) {
      zeros = ByteBuffer.allocateDirect(bytes).asReadOnlyBuffer();
      memory = new WeakReference<>(zeros);
    }
    return zeros;
  }
}
