package io.github.nolabel.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Values on the host, in row-major order, in a direct buffer that native code can read in place.
 * The contents may be rewritten; type and shape never change. Views returned by {@link #floats()}
 * and its siblings share the contents and start at position 0.
 */
public final class Tensor {

  private final ElementType type;
  private final Shape shape;
  private final ByteBuffer bytes;

  private Tensor(ElementType type, Shape shape, ByteBuffer bytes) {
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  /** Zeros. */
  public static Tensor zeros(ElementType type, long... extents) {
    Shape shape = Shape.of(extents);
    int size = Math.toIntExact(shape.elements().extent() * type.bytes());
    return new Tensor(type, shape, ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN));
  }

  public static Tensor zeros(ElementType type, Shape shape) {
    return zeros(type, shape.at(0));
  }

  /** A copy of {@code values} with the given extents. */
  public static Tensor of(float[] values, long... extents) {
    Tensor tensor = zeros(ElementType.FLOAT, extents);
    checkCount(values.length, tensor.shape);
    tensor.floats().put(values);
    return tensor;
  }

  /** A copy of {@code values} with the given extents. */
  public static Tensor of(long[] values, long... extents) {
    Tensor tensor = zeros(ElementType.INT64, extents);
    checkCount(values.length, tensor.shape);
    tensor.longs().put(values);
    return tensor;
  }

  /** A float[] scalar. */
  public static Tensor scalar(double value) {
    return of(new float[] {(float) value});
  }

  /**
   * Takes over a direct little-endian buffer; its remaining bytes are the contents.
   *
   * @throws IllegalArgumentException if the buffer is not direct or has the wrong size
   */
  public static Tensor wrap(ElementType type, ByteBuffer contents, long... extents) {
    Shape shape = Shape.of(extents);
    long expected = shape.elements().extent() * type.bytes();
    if (!contents.isDirect() || contents.remaining() != expected) {
      throw new IllegalArgumentException(
          "%s%s needs a direct buffer of %d bytes, got %s"
              .formatted(type, shape, expected, contents));
    }
    return new Tensor(type, shape, contents.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  public ElementType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  public int elements() {
    return bytes.capacity() / type.bytes();
  }

  /** The raw contents, shared. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  public FloatBuffer floats() {
    return view(ElementType.FLOAT).asFloatBuffer();
  }

  public LongBuffer longs() {
    return view(ElementType.INT64).asLongBuffer();
  }

  public IntBuffer ints() {
    return view(ElementType.INT32).asIntBuffer();
  }

  public DoubleBuffer doubles() {
    return view(ElementType.DOUBLE).asDoubleBuffer();
  }

  /** A copy of the values of a float tensor. */
  public float[] toFloats() {
    float[] values = new float[elements()];
    floats().get(values);
    return values;
  }

  /** A copy that shares nothing with this tensor. */
  public Tensor copy() {
    Tensor copy = zeros(type, shape);
    copy.bytes().put(bytes());
    return copy;
  }

  /** Whether type, shape and every bit are equal. */
  public boolean sameBits(Tensor other) {
    return type == other.type && shape.equals(other.shape) && bytes().equals(other.bytes());
  }

  @Override
  public String toString() {
    return type + shape.toString();
  }

  private ByteBuffer view(ElementType wanted) {
    if (type != wanted) {
      throw new IllegalStateException("a tensor of " + type + " has no " + wanted + " view");
    }
    return bytes();
  }

  private static void checkCount(int count, Shape shape) {
    if (count != shape.elements().extent()) {
      throw new IllegalArgumentException(
          "%s holds %s values, got %d"
              .formatted(Arrays.toString(shape.at(0)), shape.elements(), count));
    }
  }
}
