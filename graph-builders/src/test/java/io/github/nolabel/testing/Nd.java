package io.github.nolabel.testing;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A tensor for reference computations: floats and booleans as float64, integers as int64. */
public final class Nd {

  private final ElementType type;
  private final int[] shape;
  private final double[] numbers;
  private final long[] integers;

  private Nd(ElementType type, int[] shape, double[] numbers, long[] integers) {
    this.type = type;
    this.shape = shape.clone();
    this.numbers = numbers;
    this.integers = integers;
  }

  public static Nd scalar(double value) {
    return of(new int[0], i -> value);
  }

  public static Nd of(int[] shape, double... values) {
    if (values.length != Index.size(shape)) {
      throw new IllegalArgumentException(values.length + " values for " + Arrays.toString(shape));
    }
    return new Nd(ElementType.FLOAT, shape, values.clone(), new long[0]);
  }

  public static Nd of(int[] shape, IntToDoubleFunction value) {
    return of(shape, IntStream.range(0, Index.size(shape)).mapToDouble(value).toArray());
  }

  static Nd booleans(int[] shape, IntToDoubleFunction oneOrZero) {
    return new Nd(ElementType.BOOL, shape, of(shape, oneOrZero).numbers, new long[0]);
  }

  public static Nd integers(int[] shape, IntToLongFunction value) {
    long[] values = IntStream.range(0, Index.size(shape)).mapToLong(value).toArray();
    return new Nd(ElementType.INT64, shape, new double[0], values);
  }

  /** Whole numbers, below 2^53, where {@code type} has them, else floats. */
  static Nd like(Nd type, int[] shape, IntToDoubleFunction value) {
    return type.type == ElementType.INT64
        ? integers(shape, i -> (long) value.applyAsDouble(i))
        : of(shape, value);
  }

  public static Nd of(Tensor tensor) {
    int[] shape = Arrays.stream(tensor.shape().at(0)).mapToInt(Math::toIntExact).toArray();
    return switch (tensor.type()) {
      case INT64 -> integers(shape, tensor.longs()::get);
      case BOOL -> booleans(shape, i -> tensor.bytes().get(i));
      case FLOAT -> of(shape, i -> tensor.floats().get(i));
      default -> throw new IllegalArgumentException("no reference for " + tensor);
    };
  }

  /** The values rounded to what the runtime computes with. */
  public Tensor toTensor() {
    Tensor tensor = Tensor.zeros(type, Arrays.stream(shape).asLongStream().toArray());
    for (int i = 0; i < size(); i++) {
      switch (type) {
        case INT64 -> tensor.longs().put(i, integers[i]);
        case BOOL -> tensor.bytes().put(i, (byte) numbers[i]);
        default -> tensor.floats().put(i, (float) numbers[i]);
      }
    }
    return tensor;
  }

  public ElementType type() {
    return type;
  }

  public int[] shape() {
    return shape.clone();
  }

  public int rank() {
    return shape.length;
  }

  public int extent(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  public int size() {
    return Index.size(shape);
  }

  public double at(int index) {
    return type == ElementType.INT64 ? integers[index] : numbers[index];
  }

  public long integerAt(int index) {
    return integers[index];
  }

  /** All values as float64. */
  public double[] toArray() {
    return IntStream.range(0, size()).mapToDouble(this::at).toArray();
  }

  public Nd map(DoubleUnaryOperator function) {
    return of(shape, i -> function.applyAsDouble(numbers[i]));
  }

  /** The same elements under another shape. */
  public Nd withShape(int... target) {
    return picked(target, i -> i);
  }

  /** Element {@code i} of the result is element {@code source(i)} of this, or zero if negative. */
  Nd picked(int[] target, IntUnaryOperator source) {
    int size = Index.size(target);
    double[] newNumbers = new double[type == ElementType.INT64 ? 0 : size];
    long[] newIntegers = new long[type == ElementType.INT64 ? size : 0];
    for (int i = 0; i < size; i++) {
      int from = source.applyAsInt(i);
      if (from >= 0 && type == ElementType.INT64) {
        newIntegers[i] = integers[from];
      } else if (from >= 0) {
        newNumbers[i] = numbers[from];
      }
    }
    return new Nd(type, target, newNumbers, newIntegers);
  }

  /** Repeats along axes of extent one, and along missing leading axes. */
  Nd broadcastTo(int[] target) {
    return picked(target, i -> Index.broadcast(i, target, shape));
  }

  @Override
  public String toString() {
    return type
        + Shape.of(Arrays.stream(shape).asLongStream().toArray()).toString()
        + "="
        + Arrays.toString(toArray());
  }
}
